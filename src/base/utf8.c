#include "base/utf8.h"

static size_t size_by_lead(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead < 0xC0 || lead > 0xF4)
        return 0;
    return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

size_t utf8_read(const char *text, size_t length, uint32_t *point)
{
    static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *byte = (const unsigned char *)text;
    uint32_t value;
    size_t size;

    if (length == 0)
        return 0;
    size = size_by_lead(byte[0]);
    if (size == 0 || size > length)
        return 0;
    value = size == 1 ? byte[0] : byte[0] & (0x7Fu >> size);
    for (size_t i = 1; i < size; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (byte[i] & 0x3F);
    }
    if (value < smallest[size] || value > 0x10FFFF ||
        (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    if (point != NULL)
        *point = value;
    return size;
}

bool utf8_is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) ||
           (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2060 && point <= 0x206F) || point == 0x061C || point == 0xFEFF ||
           point == 0xAD || (point >= 0xE0000 && point <= 0xE007F);
}

unsigned utf8_width(uint32_t point)
{
    if ((point >= 0x0300 && point <= 0x036F) || (point >= 0x20D0 && point <= 0x20FF))
        return 0;
    if ((point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
        (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
        (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
        (point >= 0x1F300 && point <= 0x1FAFF))
        return 2;
    return 1;
}
