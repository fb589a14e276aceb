/*
 * An OpenCL driver that is PoCL or Oclgrind, but calls itself a GPU: 132 units, 48 KiB of local memory and groups of at
 * most 1,024 items, beyond which a launch fails as on a card. Built and used by gpu-evidence.sh:
 *
 *     cc -O1 -shared -fPIC -DDRIVER='"/usr/lib/x86_64-linux-gnu/libpocl.so.2"' -o fake-gpu.so fake-gpu.c \
 *         -Wl,--no-as-needed /usr/lib/x86_64-linux-gnu/libpocl.so.2
 *     OCL_ICD_VENDORS=$PWD/fake-gpu.so java ...
 *
 * Every OpenCL object of a driver begins with a pointer to the driver's table of functions, by which any loader and any
 * binding calls it. This library replaces some functions of that table when it is loaded. The places in the table are the
 * binary interface of the extension cl_khr_icd, and never change.
 *
 * Where FAKE_GPU_TRACE names a file, a line is appended for each launch, wait, buffer, copy, context and build.
 * FAKE_GPU_WITHOUT_BARRIER=1 takes the first barrier out of each program, which a check for races must then report.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { GET_DEVICE_IDS = 2, GET_DEVICE_INFO = 3, CREATE_CONTEXT = 4, GET_QUEUE_INFO = 12, CREATE_BUFFER = 14,
       PROGRAM = 26, BUILD_PROGRAM = 30, GET_KERNEL_GROUP_INFO = 40, WAIT_FOR_EVENTS = 41, FINISH = 47,
       READ_BUFFER = 48, WRITE_BUFFER = 49, MAP_BUFFER = 56, LAUNCH = 59 };
enum { TYPE = 0x1000, UNITS = 0x1002, GROUP = 0x1004, GROUP_SIZES = 0x1005, LOCAL_BYTES = 0x1023, NAME = 0x102B };
enum { TYPE_GPU = 4, NOT_FOUND = -1, OUT_OF_RESOURCES = -5, WRONG_VALUE = -30, WRONG_GROUP = -54 };
enum { MOST_ITEMS = 1024, MOST_UNITS = 132, MOST_LOCAL = 48 << 10 };
enum { QUEUE_DEVICE = 0x1091, KERNEL_GROUP = 0x11B0, KERNEL_LOCAL = 0x11B2 };

typedef int32_t call();
static void *driver[64]; /* the functions of the real driver, by their places */
static int trace = -1;

#define TRACE(...) do { if (trace >= 0) { char line[128]; \
    if (write(trace, line, snprintf(line, sizeof line, __VA_ARGS__)) < 0) abort(); } } while (0)

static int32_t get_device_ids(void *platform, uint64_t type, uint32_t size, void **ids, uint32_t *count) {
    if (!(type & (TYPE_GPU | 1)) && type != 0xFFFFFFFF) return NOT_FOUND;
    return ((call *) driver[GET_DEVICE_IDS])(platform, (uint64_t) 0xFFFFFFFF, size, ids, count);
}

static int32_t get_device_info(void *device, uint32_t key, size_t size, void *value, size_t *needed) {
    if (key == NAME) {
        char of[256] = "", name[300];
        int32_t error = ((call *) driver[GET_DEVICE_INFO])(device, key, sizeof of, of, NULL);
        size_t bytes = 1 + (size_t) snprintf(name, sizeof name, "fake GPU (%s)", of);
        if (needed) *needed = bytes;
        if (value && size < bytes) return WRONG_VALUE;
        if (value) memcpy(value, name, bytes);
        return error;
    }
    int32_t error = ((call *) driver[GET_DEVICE_INFO])(device, key, size, value, needed);
    if (error) return error;
    if (value) switch (key) {
        case TYPE: *(uint64_t *) value = TYPE_GPU; break;
        case UNITS: *(uint32_t *) value = MOST_UNITS; break;
        case GROUP: *(size_t *) value = MOST_ITEMS; break;
        case GROUP_SIZES: ((size_t *) value)[0] = ((size_t *) value)[1] = MOST_ITEMS, ((size_t *) value)[2] = 64; break;
        case LOCAL_BYTES: *(uint64_t *) value = MOST_LOCAL; break;
    }
    return 0;
}

static int32_t get_kernel_group_info(void *kernel, void *device, uint32_t key, size_t size, void *value,
                                     size_t *needed) {
    int32_t error = ((call *) driver[GET_KERNEL_GROUP_INFO])(kernel, device, key, size, value, needed);
    if (!error && value && key == KERNEL_GROUP && *(size_t *) value > MOST_ITEMS) *(size_t *) value = MOST_ITEMS;
    return error;
}

static int32_t launch(void *queue, void *kernel, uint32_t dimensions, const size_t *offset, const size_t *global,
                      const size_t *local, uint32_t waits, void *events, void *event) {
    size_t items = 1, groups = 1;
    for (uint32_t d = 0; local && d < dimensions; d++) items *= local[d], groups *= global[d] / local[d];
    TRACE("launch %zu %zu\n", groups, items);
    void *device;
    uint64_t bytes = 0;
    if (items > MOST_ITEMS) return WRONG_GROUP;
    if (((call *) driver[GET_QUEUE_INFO])(queue, QUEUE_DEVICE, sizeof device, &device, NULL)
        || ((call *) driver[GET_KERNEL_GROUP_INFO])(kernel, device, KERNEL_LOCAL, sizeof bytes, &bytes, NULL)
        || bytes > MOST_LOCAL) return OUT_OF_RESOURCES;
    return ((call *) driver[LAUNCH])(queue, kernel, dimensions, offset, global, local, waits, events, event);
}

typedef void *maker();
static void *create_context(void *properties, uint32_t count, void *devices, void *notify, void *data, void *error) {
    TRACE("context\n");
    return ((maker *) driver[CREATE_CONTEXT])(properties, count, devices, notify, data, error);
}

static void *create_buffer(void *context, uint64_t flags, size_t bytes, void *host, void *error) {
    TRACE("buffer %zu\n", bytes);
    return ((maker *) driver[CREATE_BUFFER])(context, flags, bytes, host, error);
}

/* Without the first barrier, for checks of what reports races. */
static void *create_program(void *context, uint32_t count, const char **sources, const size_t *lengths, void *error) {
    static const char barrier[] = "barrier(CLK_LOCAL_MEM_FENCE)";
    const char *all[count];
    for (uint32_t i = 0; i < count; i++) {
        char *copy = lengths && lengths[i] ? strndup(sources[i], lengths[i]) : strdup(sources[i]);
        char *at = strstr(copy, barrier);
        if (at) memset(at, ' ', sizeof barrier - 1);
        all[i] = copy;
    }
    void *program = ((maker *) driver[PROGRAM])(context, count, all, NULL, error);
    for (uint32_t i = 0; i < count; i++) free((char *) all[i]);
    return program;
}

static int32_t build(void *program, uint32_t count, void *devices, char *options, void *notify, void *data) {
    TRACE("build\n");
    return ((call *) driver[BUILD_PROGRAM])(program, count, devices, options, notify, data);
}

static int32_t wait_for_events(uint32_t count, void *events) {
    TRACE("wait\n");
    return ((call *) driver[WAIT_FOR_EVENTS])(count, events);
}

static int32_t finish(void *queue) {
    TRACE("wait\n");
    return ((call *) driver[FINISH])(queue);
}

static int32_t read_buffer(void *queue, void *buffer, uint32_t blocking, size_t offset, size_t bytes, void *to,
                           uint32_t waits, void *events, void *event) {
    TRACE("back %zu\n%s", bytes, blocking ? "wait\n" : "");
    return ((call *) driver[READ_BUFFER])(queue, buffer, blocking, offset, bytes, to, waits, events, event);
}

static int32_t write_buffer(void *queue, void *buffer, uint32_t blocking, size_t offset, size_t bytes, void *from,
                            uint32_t waits, void *events, void *event) {
    TRACE("there %zu\n%s", bytes, blocking ? "wait\n" : "");
    return ((call *) driver[WRITE_BUFFER])(queue, buffer, blocking, offset, bytes, from, waits, events, event);
}

static void *map_buffer(void *queue, void *buffer, uint32_t blocking, uint64_t flags, size_t offset, size_t bytes,
                        uint32_t waits, void *events, void *event, void *error) {
    TRACE("%s %zu\n%s", flags & 1 ? "back" : "there", bytes, blocking ? "wait\n" : "");
    return ((maker *) driver[MAP_BUFFER])(queue, buffer, blocking, flags, offset, bytes, waits, events, event, error);
}

__attribute__((constructor)) static void replace(void) {
    const char *file = getenv("FAKE_GPU_TRACE");
    if (file && (trace = open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) < 0) perror(file), abort();
    void **platform;
    /* By its file: a program that is linked with the loader has the loader's function of this name. */
    void *library = dlopen(DRIVER, RTLD_LAZY);
    maker *find = library ? (maker *) dlsym(library, "clGetExtensionFunctionAddress") : NULL;
    call *platforms = find ? (call *) find("clIcdGetPlatformIDsKHR") : NULL;
    if (!platforms || platforms(1, &platform, NULL)) fputs("fake-gpu: no platform in " DRIVER "\n", stderr), abort();
    void **table = *platform;
    memcpy(driver, table, sizeof driver);
    uintptr_t page = ~(uintptr_t) (sysconf(_SC_PAGESIZE) - 1), from = (uintptr_t) table & page;
    if (mprotect((void *) from, (uintptr_t) table + sizeof driver - from, PROT_READ | PROT_WRITE)) abort();
    table[GET_DEVICE_IDS] = get_device_ids, table[GET_DEVICE_INFO] = get_device_info;
    table[GET_KERNEL_GROUP_INFO] = get_kernel_group_info;
    if (getenv("FAKE_GPU_WITHOUT_BARRIER")) table[PROGRAM] = create_program;
    table[CREATE_CONTEXT] = create_context, table[CREATE_BUFFER] = create_buffer, table[BUILD_PROGRAM] = build;
    table[WAIT_FOR_EVENTS] = wait_for_events, table[FINISH] = finish;
    table[READ_BUFFER] = read_buffer, table[WRITE_BUFFER] = write_buffer, table[MAP_BUFFER] = map_buffer;
    table[LAUNCH] = launch;
}
