package org.sparkgrad.gpu.device;

import com.aparapi.device.OpenCLDevice;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/**
 * The programs of a device's context, each compiled once in this JVM, or taken as another JVM has compiled it for the same
 * device and driver. Called by the driver thread.
 */
final class Programs {
    private final OpenCLDevice device;
    private final long context;
    private final ProgramCache cache;
    private final Map<String, Long> built = new HashMap<>();
    private int compiled;

    Programs(OpenCLDevice device, long context, ProgramCache cache) {
        this.device = device;
        this.context = context;
        this.cache = cache;
    }

    /**
     * Returns a new kernel object of a text's function; its parameters are the caller's.
     *
     * @throws DeviceException with the compiler's messages, if the text does not compile
     */
    long kernel(String source) {
        long program = built.computeIfAbsent(source, this::program);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long kernel = CL10.clCreateKernel(program, KernelText.FUNCTION, status);
            OpenClStatus.check(status.get(0), "a kernel on " + device.getName());
            return kernel;
        }
    }

    /** Returns how many programs were compiled from their text. */
    int compiled() {
        return compiled;
    }

    private long program(String source) {
        String key = key(source);
        byte[] kept = cache.find(key).orElse(new byte[0]);
        long program = kept.length == 0 ? 0 : fromBinary(kept);
        if (program != 0) {
            return program;
        }
        cache.forget(key);
        program = fromSource(source);
        compiled++;
        byte[] binary = binary(program);
        if (binary.length > 0) {
            cache.keep(key, binary);
        }
        return program;
    }

    /** Returns all that the compilation of a text depends on, as a name. */
    private String key(String source) {
        long id = device.getDeviceId();
        return ProgramCache.key(List.of(
                device.getOpenCLPlatform().getName(),
                device.getOpenCLPlatform().getVersion(),
                info(id, CL10.CL_DEVICE_NAME),
                info(id, CL10.CL_DEVICE_VENDOR),
                info(id, CL10.CL_DEVICE_VERSION),
                info(id, CL10.CL_DRIVER_VERSION),
                source));
    }

    private static String info(long device, int what) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            OpenClStatus.check(CL10.clGetDeviceInfo(device, what, (ByteBuffer) null, size), "a device's description");
            ByteBuffer text = MemoryUtil.memAlloc((int) size.get(0));
            try {
                OpenClStatus.check(CL10.clGetDeviceInfo(device, what, text, null), "a device's description");
                return MemoryUtil.memUTF8(text).replace("\u0000", "");
            } finally {
                MemoryUtil.memFree(text);
            }
        }
    }

    private long fromSource(String source) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long program = CL10.clCreateProgramWithSource(context, source, status);
            OpenClStatus.check(status.get(0), "a program on " + device.getName());
            int built = build(program);
            if (built != CL10.CL_SUCCESS) {
                String messages = messages(program);
                CL10.clReleaseProgram(program);
                throw new DeviceException(OpenClStatus.describe(built) + ": " + messages);
            }
            return program;
        }
    }

    /** Returns a program that has been compiled before, or 0 if the driver refuses it. */
    private long fromBinary(byte[] kept) {
        ByteBuffer bytes = MemoryUtil.memAlloc(kept.length).put(kept).flip();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            IntBuffer ofBinary = stack.mallocInt(1);
            PointerBuffer devices = stack.pointers(device.getDeviceId());
            long program = CL10.clCreateProgramWithBinary(context, devices, bytes, ofBinary, status);
            if (status.get(0) != CL10.CL_SUCCESS) {
                return 0;
            }
            if (ofBinary.get(0) != CL10.CL_SUCCESS || build(program) != CL10.CL_SUCCESS) {
                CL10.clReleaseProgram(program);
                return 0;
            }
            return program;
        } finally {
            MemoryUtil.memFree(bytes);
        }
    }

    private int build(long program) {
        return CL10.clBuildProgram(program, device.getDeviceId(), "", null, 0);
    }

    /** Returns a compiled program as bytes; none where the driver has none. */
    private static byte[] binary(long program) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            OpenClStatus.check(
                    CL10.clGetProgramInfo(program, CL10.CL_PROGRAM_BINARY_SIZES, size, null), "a program's size");
            byte[] bytes = new byte[(int) size.get(0)];
            if (bytes.length == 0) {
                return bytes;
            }
            ByteBuffer to = MemoryUtil.memAlloc(bytes.length);
            try {
                PointerBuffer address = stack.pointers(to);
                OpenClStatus.check(
                        CL10.clGetProgramInfo(program, CL10.CL_PROGRAM_BINARIES, address, null), "a program's bytes");
                to.get(bytes);
                return bytes;
            } finally {
                MemoryUtil.memFree(to);
            }
        }
    }

    private String messages(long program) {
        long id = device.getDeviceId();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            CL10.clGetProgramBuildInfo(program, id, CL10.CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size);
            ByteBuffer text = MemoryUtil.memAlloc((int) size.get(0));
            try {
                CL10.clGetProgramBuildInfo(program, id, CL10.CL_PROGRAM_BUILD_LOG, text, null);
                return MemoryUtil.memUTF8(text).strip();
            } finally {
                MemoryUtil.memFree(text);
            }
        }
    }
}
