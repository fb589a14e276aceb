package org.sparkgrad.gpu.device;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/**
 * Makes Linux ignore changes of signal handlers by the current thread and by threads that it starts later. A filter of
 * system calls cannot be removed, so callers install it on a dedicated thread.
 */
final class SignalFilter {
    private static final int NO_NEW_PRIVILEGES = 38;

    /** SECCOMP_SET_MODE_FILTER; the flag SECCOMP_FILTER_FLAG_SPEC_ALLOW keeps speculative execution on. */
    private static final long SET_FILTER = 1;

    private static final long KEEP_SPECULATION = 4;

    /** The call returns success without effect: PoCL ends the process if it fails. */
    private static final int RETURN_ZERO = 0x0005_0000;

    private static final int RETURN_ALLOWED = 0x7fff_0000;

    /** Instructions of the kernel's packet filter: load a word, compare it, return. */
    private static final int LOAD = 0x20;

    private static final int JUMP_IF_EQUAL = 0x15;
    private static final int RETURN = 0x06;

    /** Where a filter finds the number of the system call, the architecture, and the call's second argument. */
    private static final int NUMBER = 0;

    private static final int ARCHITECTURE = 4;
    private static final int NEW_HANDLER = 24;

    private static final int INSTRUCTION_BYTES = 8;

    private SignalFilter() {}

    private static native int prctl(int option, NativeLong yes, NativeLong a, NativeLong b, NativeLong c);

    private static native NativeLong syscall(
            NativeLong number, NativeLong operation, NativeLong flags, Pointer program);

    /**
     * Installs the filter on the current thread.
     *
     * @throws UnsupportedOperationException with the reason, where the system has no such filter
     */
    static void install() {
        if (!Platform.isLinux() || !Platform.is64Bit() || !(Platform.isIntel() || Platform.isARM())) {
            throw new UnsupportedOperationException("not known for " + Platform.RESOURCE_PREFIX);
        }
        boolean intel = Platform.isIntel();
        try (Memory filter = filter(intel ? 0xC000_003E : 0xC000_00B7, intel ? 13 : 134);
                Memory program = new Memory(2L * Native.POINTER_SIZE)) {
            program.setShort(0, (short) (filter.size() / INSTRUCTION_BYTES));
            program.setPointer(Native.POINTER_SIZE, filter);
            Native.register(SignalFilter.class, NativeLibrary.getProcess());
            NativeLong none = new NativeLong(0);
            if (prctl(NO_NEW_PRIVILEGES, new NativeLong(1), none, none, none) != 0
                    || syscall(
                                            new NativeLong(intel ? 317 : 277),
                                            new NativeLong(SET_FILTER),
                                            new NativeLong(KEEP_SPECULATION),
                                            program)
                                    .longValue()
                            != 0) {
                throw new UnsupportedOperationException("the system refuses a filter");
            }
        } catch (LinkageError missing) {
            throw new UnsupportedOperationException("the C library cannot be called", missing);
        }
    }

    /** Returns instructions that skip calls of rt_sigaction that set a handler; calls that read one are allowed. */
    private static Memory filter(int architecture, int sigaction) {
        int[][] instructions = {
            {LOAD, 0, 0, ARCHITECTURE},
            {JUMP_IF_EQUAL, 0, 5, architecture},
            {LOAD, 0, 0, NUMBER},
            {JUMP_IF_EQUAL, 0, 3, sigaction},
            {LOAD, 0, 0, NEW_HANDLER},
            {JUMP_IF_EQUAL, 1, 0, 0},
            {RETURN, 0, 0, RETURN_ZERO},
            {RETURN, 0, 0, RETURN_ALLOWED}
        };
        Memory filter = new Memory((long) instructions.length * INSTRUCTION_BYTES);
        for (int i = 0; i < instructions.length; i++) {
            long at = (long) i * INSTRUCTION_BYTES;
            filter.setShort(at, (short) instructions[i][0]);
            filter.setByte(at + 2, (byte) instructions[i][1]);
            filter.setByte(at + 3, (byte) instructions[i][2]);
            filter.setInt(at + 4, instructions[i][3]);
        }
        return filter;
    }
}
