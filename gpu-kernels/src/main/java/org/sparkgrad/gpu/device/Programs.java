package org.sparkgrad.gpu.device;

import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** The programs of a device's context, each compiled once in this JVM. Called by the driver thread. */
final class Programs {
    private final DeviceContext device;
    private final Map<String, Long> built = new HashMap<>();

    Programs(DeviceContext device) {
        this.device = device;
    }

    /**
     * Returns a new kernel object of a text's function; its parameters are the caller's.
     *
     * @throws DeviceException with the compiler's messages, if the text does not compile
     */
    long kernel(String source) {
        long program = built.computeIfAbsent(source, this::build);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long kernel = CL10.clCreateKernel(program, KernelText.FUNCTION, status);
            OpenClStatus.check(status.get(0), "a kernel on " + device.device().getName());
            return kernel;
        }
    }

    private long build(String source) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer status = stack.mallocInt(1);
            long program = CL10.clCreateProgramWithSource(device.context(), source, status);
            OpenClStatus.check(status.get(0), "a program on " + device.device().getName());
            return compile(program);
        }
    }

    private long compile(long program) {
        int status = CL10.clBuildProgram(program, device.device().getDeviceId(), "", null, 0);
        if (status != CL10.CL_SUCCESS) {
            String messages = messages(program);
            CL10.clReleaseProgram(program);
            throw new DeviceException(OpenClStatus.describe(status) + ": " + messages);
        }
        return program;
    }

    private String messages(long program) {
        long id = device.device().getDeviceId();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            var size = stack.mallocPointer(1);
            CL10.clGetProgramBuildInfo(program, id, CL10.CL_PROGRAM_BUILD_LOG, (java.nio.ByteBuffer) null, size);
            var text = MemoryUtil.memAlloc((int) size.get(0));
            try {
                CL10.clGetProgramBuildInfo(program, id, CL10.CL_PROGRAM_BUILD_LOG, text, null);
                return MemoryUtil.memASCII(text).strip();
            } finally {
                MemoryUtil.memFree(text);
            }
        }
    }
}
