/*
 * What oort uses of MPI, so that it need not know the constants and handles of the MPI that is installed.
 *
 *     mpicc -O2 -shared -fPIC -o liboort-mpi.so oort-mpi.c
 *
 * and beside oort.dll with it, or its name into the environment variable OORT_MPI. The build does that where it finds mpicc.
 * All functions return 0, or MPI's error code; oort calls one at a time.
 */
#define _POSIX_C_SOURCE 200809L
#include <mpi.h>
#include <sched.h>
#include <time.h>

/* Version of these functions: oort refuses another. */
int oort_mpi_version(void) { return 1; }

static int to_milliseconds(const struct timespec *since)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int)((now.tv_sec - since->tv_sec) * 1000 + (now.tv_nsec - since->tv_nsec) / 1000000);
}

/* Begins; which rank this is, how many there are, and how many of them share this machine. */
int oort_mpi_begin(int *rank, int *size, int *local)
{
    int given, error;
    MPI_Comm machine;
    if ((error = MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &given)))
        return error;
    MPI_Comm_set_errhandler(MPI_COMM_WORLD, MPI_ERRORS_RETURN);
    MPI_Comm_rank(MPI_COMM_WORLD, rank);
    MPI_Comm_size(MPI_COMM_WORLD, size);
    if ((error = MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine)))
        return error;
    MPI_Comm_size(machine, local);
    MPI_Comm_free(&machine);
    return given < MPI_THREAD_SERIALIZED ? MPI_ERR_OTHER : 0;
}

int oort_mpi_send(const void *bytes, int count, int to, int tag)
{
    return MPI_Send(bytes, count, MPI_BYTE, to, tag, MPI_COMM_WORLD);
}

/*
 * Waits for a message from anybody, at most so many milliseconds; *found says whether there is one. Open MPI's own wait keeps a core busy; this one looks
 * less and less often, up to once a millisecond, so that whoever computes on the same core is not disturbed.
 */
int oort_mpi_probe(int milliseconds, int *found, int *from, int *tag, int *count)
{
    struct timespec start, pause = {0, 0};
    MPI_Status status;
    int error, looks = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (;;) {
        if ((error = MPI_Iprobe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, found, &status)))
            return error;
        if (*found) {
            *from = status.MPI_SOURCE;
            *tag = status.MPI_TAG;
            return MPI_Get_count(&status, MPI_BYTE, count);
        }
        if (++looks < 64) {
            sched_yield();
            continue;
        }
        if (to_milliseconds(&start) >= milliseconds)
            return 0;
        pause.tv_nsec = pause.tv_nsec ? pause.tv_nsec + pause.tv_nsec / 8 : 20000;
        if (pause.tv_nsec > 1000000)
            pause.tv_nsec = 1000000;
        nanosleep(&pause, NULL);
    }
}

int oort_mpi_receive(void *bytes, int count, int from, int tag)
{
    return MPI_Recv(bytes, count, MPI_BYTE, from, tag, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

int oort_mpi_end(void) { return MPI_Finalize(); }

int oort_mpi_abort(int code) { return MPI_Abort(MPI_COMM_WORLD, code); }
