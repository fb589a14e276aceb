package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aparapi.device.OpenCLDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lwjgl.opencl.CL10;
import org.sparkgrad.gpu.kernel.FloatItemBinaryKernel;

class ProgramCacheTest {
    private static final String KEY = ProgramCache.key(List.of("device", "text"));

    @TempDir
    private Path folder;

    @Test
    void everyPartOfTheKeyCounts() {
        assertNotEquals(KEY, ProgramCache.key(List.of("device 2", "text")));
        assertNotEquals(KEY, ProgramCache.key(List.of("device", "text 2")));
        assertNotEquals(KEY, ProgramCache.key(List.of("devicetext", "")));
        assertEquals(KEY, ProgramCache.key(List.of("device", "text")));
    }

    @Test
    void brokenFilesAreRemoved() throws IOException {
        ProgramCache cache = new ProgramCache(folder);
        byte[] program = {1, 2, 3, 4};
        cache.keep(KEY, program);
        assertArrayEquals(program, cache.find(KEY).orElseThrow());
        Path file = only(folder);
        byte[] whole = Files.readAllBytes(file);
        byte[] changed = whole.clone();
        changed[whole.length - 1]++;
        for (byte[] broken : List.of(changed, Arrays.copyOf(whole, whole.length - 1), new byte[3], new byte[0])) {
            Files.write(file, broken);
            assertEquals(Optional.empty(), cache.find(KEY));
            assertTrue(Files.notExists(file));
        }
        cache.keep(KEY, program);
        assertArrayEquals(program, cache.find(KEY).orElseThrow());
    }

    @Test
    void aFolderThatIsGoneIsNoError() {
        ProgramCache cache = new ProgramCache(folder.resolve("gone"));
        cache.keep(KEY, new byte[] {1});
        assertEquals(Optional.empty(), cache.find(KEY));
    }

    /** Readers see a whole program or none, whoever writes at the same time. */
    @Test
    void writersDoNotDisturbEachOther() throws Exception {
        byte[] program = new byte[1 << 18];
        Arrays.fill(program, (byte) 7);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Integer>> turns = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                turns.add(threads.submit(() -> {
                    ProgramCache cache = new ProgramCache(folder);
                    int found = 0;
                    for (int turn = 0; turn < 50; turn++) {
                        cache.keep(KEY, program);
                        found += Arrays.equals(program, cache.find(KEY).orElseThrow()) ? 1 : 0;
                    }
                    return found;
                }));
            }
            for (Future<Integer> turn : turns) {
                assertEquals(50, turn.get());
            }
        } finally {
            threads.shutdown();
        }
        only(folder);
    }

    @Test
    @RequiresOpenCl
    void aProgramIsCompiledOnceForADevice() throws IOException {
        OpenCLDevice device = DeviceSelector.handle(DeviceSelector.select(0));
        String source = KernelText.of(FloatItemBinaryKernel.class).source();
        assertEquals(1, compiled(device, source));
        assertEquals(0, compiled(device, source));
        new ProgramCache(folder).keep(only(folder).getFileName().toString().replace(".program", ""), new byte[] {1, 2});
        assertEquals(1, compiled(device, source), "bytes that are no program");
        assertEquals(0, compiled(device, source));
    }

    /** Returns how many programs a process would compile that needs one kernel. */
    private int compiled(OpenCLDevice device, String source) {
        return DriverThread.call(() -> {
            Programs programs = new Programs(device, DeviceContext.of(device).context(), new ProgramCache(folder));
            CL10.clReleaseKernel(programs.kernel(source));
            CL10.clReleaseKernel(programs.kernel(source));
            return programs.compiled();
        });
    }

    private static Path only(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all::toString);
            return all.get(0);
        }
    }
}
