"""Makes the arrays in this folder and the corpus of tests/fuzz/fuzz_npy.c, with NumPy.

Run it in this folder when they are to change; the tests use its files, never NumPy."""
import io
import os
import zipfile

import numpy as np

CORPUS = "../fuzz/corpus/npy"
os.makedirs(CORPUS, exist_ok=True)


def tenths(shape, dtype):
    count = int(np.prod(shape))
    return (np.arange(1, count + 1).reshape(shape) / 10).astype(dtype)


def network(dtype):
    """Values of 3-2-1 with biases: 0.1, 0.2, ... at the weights."""
    return {
        "x": np.array([0.5, -1, 2], dtype=dtype),
        "t": np.array([1], dtype=dtype),
        "w1": tenths((2, 3), dtype),
        "w2": np.array([[-0.7, 0.3]], dtype=dtype),
        "b1": np.array([0.1, -0.1], dtype=dtype),
        "b2": np.array([0.25], dtype=dtype),
    }


np.savez("float32.npz", **network(np.float32))
np.savez_compressed("float64.npz", **network(np.float64))
fortran = {name: np.asfortranarray(a) for name, a in network(">f8").items()}
np.savez("fortran.npz", **fortran)
np.savez("integers.npz", x=np.array([1, 2, 3], dtype=np.uint8), t=np.array(True),
         w1=np.array([[1, 2, 3], [4, 5, 6]], dtype=">i2"),
         w2=np.array([[7, 8]], dtype=np.uint64), b1=np.array([-1, 1], dtype=np.int64),
         b2=np.array(0, dtype=np.int32))

np.save("x.npy", np.array([3, 2, 1], dtype=np.int8))
np.save("w^1.npy", tenths((2, 3), np.float32))
np.save("transposed.npy", tenths((3, 2), np.float32))
np.save("objects.npy", np.array([{}, None], dtype=object), allow_pickle=True)
np.save("complex.npy", np.array([1j]))
np.save("nan.npy", np.array([1, np.nan, 3]))

whole = open("x.npy", "rb").read()
open("cut.npy", "wb").write(whole[:100])
open("short.npy", "wb").write(whole[:-1])
open("lying.npy", "wb").write(whole.replace(b"(3,), }           ", b"(999999999999,), }"))
open("huge.npy", "wb").write(whole.replace(b"(3,), }                           ",
                                           b"(999999999999999, 9999999999999,)}"))

np.savez("transposed.npz", w1=tenths((3, 2), np.float32))
np.savez("unknown.npz", w3=tenths((2, 2), np.float32))
np.savez("positional.npz", tenths((2, 2), np.float32))
np.savez("twice.npz", **{"w1": tenths((2, 3), np.float32), "w^1": tenths((2, 3), np.float32)})
np.savez("defined.npz", **{"h_1": np.array(1)})
np.savez("nothing.npz")
with zipfile.ZipFile("bomb.npz", "w", zipfile.ZIP_DEFLATED) as archive:
    zeros = io.BytesIO()
    np.save(zeros, np.zeros(9 << 20))
    archive.writestr(zipfile.ZipInfo("x.npy"), zeros.getvalue(), zipfile.ZIP_DEFLATED)
with zipfile.ZipFile("other.npz", "w") as archive:
    archive.writestr(zipfile.ZipInfo("readme.txt"), "no array")
good = open("float32.npz", "rb").read()
spoiled = bytearray(good)
spoiled[good.index(b"NUMPY") + 130] ^= 1
open("spoiled.npz", "wb").write(spoiled)
open("cut.npz", "wb").write(good[: len(good) // 2])
secret = bytearray(good)
for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
    at = secret.find(mark)
    while at >= 0:
        secret[at + offset] |= 1
        at = secret.find(mark, at + 1)
open("secret.npz", "wb").write(secret)

for code in "b1 i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8".split():
    for order in "<>":
        np.save(f"{CORPUS}/{code}{'le' if order == '<' else 'be'}.npy",
                tenths((2, 2), float).astype(order + code))
np.save(f"{CORPUS}/fortran.npy", np.asfortranarray(tenths((2, 3), np.float32)))
np.save(f"{CORPUS}/nought.npy", np.array(0.5))
np.save(f"{CORPUS}/many.npy", tenths((1, 2, 1, 2), np.float32))
np.save(f"{CORPUS}/empty.npy", np.zeros((0, 3)))
for version in (2, 3):
    with open(f"{CORPUS}/version{version}.npy", "wb") as out:
        np.lib.format.write_array(out, tenths((2, 2), np.float32), version=(version, 0))
small = {"x": np.array([1, 2]), "w1": tenths((2, 2), np.float32), "v": np.array([1, 2]),
         "b1": np.array([0, 1]), "b2": np.array(1.5), "u": np.array(2), "t": np.array(1)}
np.savez(f"{CORPUS}/all.npz", **small)
np.savez_compressed(f"{CORPUS}/packed.npz", **small)
