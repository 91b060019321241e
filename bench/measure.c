/* measure COMMAND...: runs a command seven times, its output to the null device, and
   prints the shortest time in milliseconds and the largest memory in megabytes. Exit
   status 1 if the command fails. */
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

    if (argc < 2)
        return 2;
    for (int i = 0; i < RUNS; i++) {
        double milliseconds = run(argv + 1, &megabytes);

        if (milliseconds < 0)
            return 1;
        if (best < 0 || milliseconds < best)
            best = milliseconds;
    }
    printf("%.1f %.1f\n", best, megabytes);
    return 0;
}
