package org.sparkgrad.job.exchange;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.sparkgrad.gpu.device.DeviceException;

/**
 * Something that goes wrong once, in a worker's process.
 *
 * @param step the step whose rows the worker is summing, from 0
 * @param when at what point of it
 * @param action what happens
 * @param worker to which worker; every one if negative
 * @param times how often
 */
record Fault(int step, When when, Action action, int worker, int times) implements Serializable {
    /** Points of a step. */
    enum When {
        /** Before the engine is opened, or rows are summed. */
        BEFORE,
        /** When sums are ready and not yet sent. */
        AFTER
    }

    /** What can go wrong. */
    enum Action {
        /** The executor is killed with signal 9. */
        KILL,
        /** The executor is paused. */
        STOP,
        /** The task throws. */
        THROW,
        /** The device has no memory left. */
        DEVICE_MEMORY
    }

    /** Reads a schedule such as {@code 3 BEFORE KILL 0; 7 AFTER THROW all x2}. */
    static List<Fault> schedule(String text) {
        return Arrays.stream(text.split(";"))
                .map(String::strip)
                .filter(fault -> !fault.isEmpty())
                .map(fault -> {
                    String[] words = fault.split("\\s+", 0);
                    return new Fault(
                            Integer.parseInt(words[0]),
                            When.valueOf(words[1]),
                            Action.valueOf(words[2]),
                            words[3].equals("all") ? -1 : Integer.parseInt(words[3]),
                            words.length < 5 ? 1 : Integer.parseInt(words[4].substring(1)));
                })
                .toList();
    }

    /** Happens, if it is to happen here and has not as often as it should; marks in the folder say so. */
    void happen(int atStep, When at, int here, Path marks) {
        if (step != atStep || when != at || (worker >= 0 && worker != here)) {
            return;
        }
        for (int time = 0; time < times; time++) {
            if (mark(marks.resolve(action + "-" + step + "-" + when + "-" + here + "-" + time))) {
                act();
                return;
            }
        }
    }

    private void act() {
        switch (action) {
            case KILL -> signal("-KILL");
            case STOP -> signal("-STOP");
            case THROW -> throw new IllegalStateException("a task that throws");
            case DEVICE_MEMORY -> throw new DeviceException("device 0 (test) has no memory for 1 MiB");
        }
    }

    private static boolean mark(Path file) {
        try {
            Files.writeString(file, "" + ProcessHandle.current().pid(), java.nio.file.StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException before) {
            return false;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Signals this process; a killed one does not come back from here. */
    private static void signal(String name) {
        try {
            new ProcessBuilder("kill", name, "" + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
