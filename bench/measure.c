/* measure MS MB COMMAND...: runs a command seven times, its output thrown away, and
   prints the shortest time and the largest memory. Exit status 1 if they are beyond the
   limits, or if the command fails. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 7 };

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void become(char **command)
{
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

/* Milliseconds, or -1 if the command failed; the memory in MB is raised to what it
   took. */
static double run(char **command, double *megabytes)
{
    double start = now();
    struct rusage usage;
    int status;
    pid_t child = fork();

    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0)
        return -1;
    if ((double)usage.ru_maxrss / 1024 > *megabytes)
        *megabytes = (double)usage.ru_maxrss / 1024;
    return now() - start;
}

int main(int argc, char **argv)
{
    double best = -1, megabytes = 0;

    if (argc < 4)
        return 2;
    for (int i = 0; i < RUNS; i++) {
        double milliseconds = run(argv + 3, &megabytes);

        if (milliseconds < 0)
            return 1;
        if (best < 0 || milliseconds < best)
            best = milliseconds;
    }
    printf("%8.1f ms (%5s) %7.1f MB (%4s)", best, argv[1], megabytes, argv[2]);
    for (int i = 4; i < argc; i++)
        printf(" %s", argv[i]);
    putchar('\n');
    return best > atof(argv[1]) || megabytes > atof(argv[2]);
}
