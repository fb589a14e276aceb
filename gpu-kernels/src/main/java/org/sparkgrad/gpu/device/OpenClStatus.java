package org.sparkgrad.gpu.device;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.lwjgl.opencl.CL10;

/** The status codes of OpenCL calls, by the names that the specification gives them, and what the user can do. */
final class OpenClStatus {
    private static final Map<Integer, String> ADVICE = Map.of(
            CL10.CL_DEVICE_NOT_AVAILABLE, "the device is lost or taken",
            CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE, "its memory is full: lower --device-memory-fraction",
            CL10.CL_OUT_OF_RESOURCES, "its memory is full, or a kernel crashed: lower --device-memory-fraction",
            CL10.CL_OUT_OF_HOST_MEMORY, "the driver has no memory of the host: give the process more",
            CL10.CL_INVALID_COMMAND_QUEUE, "the device is lost",
            CL10.CL_INVALID_WORK_GROUP_SIZE, "the device has no groups of that size",
            CL10.CL_INVALID_BUFFER_SIZE, "an array is larger than the device allows",
            CL10.CL_BUILD_PROGRAM_FAILURE, "the driver's compiler refuses the kernel");

    private static final Map<Integer, String> NAMES = names();

    private OpenClStatus() {}

    /** Returns a status's name, and what it means for the user where that is known. */
    static String describe(int status) {
        String name = NAMES.getOrDefault(status, "OpenCL error " + status);
        String advice = ADVICE.get(status);
        return advice == null ? name : name + ": " + advice;
    }

    /** @throws DeviceException if the status is not success; its message begins with the purpose of the call */
    static void check(int status, String purpose) {
        check(status, () -> purpose);
    }

    /** The same for calls of every step, which must not spend their time on the text of a message. */
    static void check(int status, Supplier<String> purpose) {
        if (status != CL10.CL_SUCCESS) {
            throw new DeviceException(purpose.get() + " failed: " + describe(status));
        }
    }

    /** Status codes are the negative constants. */
    private static Map<Integer, String> names() {
        Map<Integer, String> names = new HashMap<>();
        try {
            for (Field field : CL10.class.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class && field.getInt(null) < 0) {
                    names.put(field.getInt(null), field.getName());
                }
            }
        } catch (IllegalAccessException impossible) {
            throw new LinkageError("constants of the OpenCL binding cannot be read", impossible);
        }
        return names;
    }
}
