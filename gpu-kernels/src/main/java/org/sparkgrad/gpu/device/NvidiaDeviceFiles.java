package org.sparkgrad.gpu.device;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes NVIDIA's device files where they are missing, by the helper that the driver itself starts for that on a node that
 * has just been booted. The helper runs as root for every user (set-uid), which the threads of {@link SignalFilter} may
 * not use any more: so it runs before.
 */
final class NvidiaDeviceFiles {
    private static final Logger LOG = LoggerFactory.getLogger(NvidiaDeviceFiles.class);
    private static final long SECONDS = 20;

    private final Path root;

    /** @param root of the file system */
    NvidiaDeviceFiles(Path root) {
        this.root = root;
    }

    /** Makes the files for unified memory and for each card; does nothing where they are there, or no helper. */
    void make() {
        Path helper = root.resolve("usr/bin/nvidia-modprobe");
        if (Files.exists(root.resolve("dev/nvidia-uvm")) || !Files.isExecutable(helper)) {
            return;
        }
        // The first call loads the module, which then lists its cards.
        run(helper, List.of("-u", "-c", "0"));
        int cards = cards();
        List<String> others = new ArrayList<>();
        for (int card = 1; card < cards; card++) {
            others.addAll(List.of("-c", Integer.toString(card)));
        }
        if (!others.isEmpty()) {
            run(helper, others);
        }
    }

    private int cards() {
        int count = 0;
        try (DirectoryStream<Path> cards = Files.newDirectoryStream(root.resolve("proc/driver/nvidia/gpus"))) {
            for (Path ignored : cards) {
                count++;
            }
        } catch (IOException | DirectoryIteratorException none) {
            LOG.debug("no list of NVIDIA's cards", none);
        }
        return count;
    }

    private static void run(Path helper, List<String> options) {
        List<String> command = new ArrayList<>(List.of(helper.toString()));
        command.addAll(options);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOG.warn("{} did not end within {} s", command, SECONDS);
            } else if (process.exitValue() != 0) {
                LOG.info("{} ended with {}: there may be no NVIDIA card", command, process.exitValue());
            }
        } catch (IOException unable) {
            LOG.warn("{} does not start: {}", command, unable.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
