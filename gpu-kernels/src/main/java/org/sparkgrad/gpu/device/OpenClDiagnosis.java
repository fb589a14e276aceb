package org.sparkgrad.gpu.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds, from a machine's files, why OpenCL offers no GPU: one line for each reason, with what the user can do. */
public final class OpenClDiagnosis {
    /** How the line about a missing loader starts. */
    static final String NO_LOADER = "no loader: ";

    private static final String LOADER = "libOpenCL.so.1";
    private static final String NVIDIA_DRIVER = "libnvidia-opencl.so.1";
    private static final List<String> LIBRARY_FOLDERS = List.of(
            "lib",
            "lib64",
            "lib/x86_64-linux-gnu",
            "lib/aarch64-linux-gnu",
            "usr/lib",
            "usr/lib64",
            "usr/lib/x86_64-linux-gnu",
            "usr/lib/aarch64-linux-gnu",
            "usr/local/lib",
            "usr/local/cuda/lib64",
            "usr/local/nvidia/lib64");

    private final Path root;
    private final Map<String, String> environment;
    private final Predicate<Path> openable;

    /**
     * @param root of the file system
     * @param environment the process's variables
     * @param openable whether this process may read and write a device file
     */
    OpenClDiagnosis(Path root, Map<String, String> environment, Predicate<Path> openable) {
        this.root = root;
        this.environment = environment;
        this.openable = openable;
    }

    /** Returns the diagnosis of this machine and process. */
    public static OpenClDiagnosis ofThisMachine() {
        return new OpenClDiagnosis(
                Path.of("/"), System.getenv(), file -> Files.isReadable(file) && Files.isWritable(file));
    }

    /** Returns what is missing, one line each; an empty list where nothing is found to be missing. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        checkLoader(problems);
        List<Path> nvidia = entries("dev", "nvidia*");
        List<Path> render = entries("dev/dri", "renderD*");
        if (nvidia.isEmpty() && render.isEmpty()) {
            problems.add("no GPU: there is neither /dev/nvidia* nor /dev/dri/renderD*: install the GPU's driver;"
                    + " in a container, hand the GPU in (docker run --gpus all, or --device /dev/dri)");
        }
        if (!nvidia.isEmpty() && !isLibrary(NVIDIA_DRIVER)) {
            problems.add("no driver: there is an NVIDIA GPU and no " + NVIDIA_DRIVER
                    + ": install NVIDIA's driver with its compute libraries; in a container, set"
                    + " NVIDIA_DRIVER_CAPABILITIES=compute,utility");
        }
        checkPlatforms(problems);
        Stream.concat(nvidia.stream(), render.stream())
                .filter(file -> !Files.isDirectory(file) && !openable.test(file))
                .map(file ->
                        "no permission: /" + root.relativize(file) + " may not be opened: add the user to its group"
                                + " (such as: sudo usermod -aG render,video USER), and log in again")
                .forEach(problems::add);
        return List.copyOf(problems);
    }

    /** Returns what a device does not support, one line each. */
    public static List<String> problemsOf(GpuDevice device) {
        return device.fp64()
                ? List.of()
                : List.of("no fp64: device %d (%s) does not compute in double: use --precision float, or --engine cpu"
                        .formatted(device.address(), device.name()));
    }

    private void checkLoader(List<String> problems) {
        if (!isLibrary(LOADER)) {
            problems.add(NO_LOADER + LOADER + " is in no library folder: install it"
                    + " (Debian, Ubuntu: apt-get install ocl-icd-libopencl1; Fedora: dnf install ocl-icd)");
        }
    }

    private void checkPlatforms(List<String> problems) {
        String vendors = environment.getOrDefault("OCL_ICD_VENDORS", "");
        if (!vendors.isEmpty() && !Files.isDirectory(inRoot(vendors))) {
            if (!vendors.endsWith(".icd") && !isLibrary(vendors)) {
                problems.add("no driver: OCL_ICD_VENDORS names " + vendors + ", which is missing: unset or correct it");
            }
            return;
        }
        String folder = vendors.isEmpty() ? "/etc/OpenCL/vendors" : vendors;
        List<Path> files = entries(relative(folder), "*.icd");
        if (files.isEmpty()) {
            problems.add("no platform file: " + folder + " has no .icd file that names a driver: "
                    + (isLibrary(NVIDIA_DRIVER)
                            ? "export OCL_ICD_VENDORS=" + NVIDIA_DRIVER + ", or write that name into " + folder
                                    + "/nvidia.icd"
                            : "install the OpenCL package of the GPU's driver"
                                    + " (for the processor: apt-get install pocl-opencl-icd)"));
        }
        for (Path file : files) {
            String library = firstLine(file);
            if (!isLibrary(library)) {
                problems.add("no driver: /" + root.relativize(file) + " names " + library
                        + ", which is missing: install its package, or remove the file");
            }
        }
    }

    private boolean isLibrary(String name) {
        if (name.contains("/")) {
            return Files.exists(inRoot(name));
        }
        Stream<String> searched = Stream.of(
                        environment.getOrDefault("LD_LIBRARY_PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(OpenClDiagnosis::relative);
        return Stream.concat(searched, LIBRARY_FOLDERS.stream())
                .anyMatch(folder -> Files.exists(root.resolve(folder).resolve(name)));
    }

    private Path inRoot(String absolute) {
        return root.resolve(relative(absolute));
    }

    private static String relative(String path) {
        return path.replaceFirst("^/+", "");
    }

    private List<Path> entries(String folder, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(root.resolve(folder))) {
            try (var files = Files.newDirectoryStream(root.resolve(folder), glob)) {
                files.forEach(found::add);
            } catch (IOException unreadable) {
                return List.of();
            }
        }
        return found.stream().sorted().toList();
    }

    private static String firstLine(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException | UncheckedIOException unreadable) {
            return "nothing";
        }
    }
}
