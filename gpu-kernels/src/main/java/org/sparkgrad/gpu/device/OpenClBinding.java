package org.sparkgrad.gpu.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.lwjgl.Version;
import org.lwjgl.system.Configuration;
import org.sparkgrad.gpu.folder.OwnFolder;

/** Prepares LWJGL, which calls OpenCL; its native library and compiled programs go to folders of this user. */
final class OpenClBinding {
    /** The loader that Aparapi lists devices with; the name without a version is in packages for developers. */
    private static final String LOADER = "libOpenCL.so.1";

    private static final String LIBRARY = "liblwjgl.so";

    private static @Nullable Path folder;

    private OpenClBinding() {}

    /**
     * Prepares LWJGL, once, and returns the folder of this user: ~/.cache/sparkgrad/opencl, or one below java.io.tmpdir.
     *
     * @throws DeviceException if no folder can be written to
     */
    static synchronized Path folder() {
        if (folder == null) {
            folder = prepare();
        }
        return folder;
    }

    private static Path prepare() {
        try {
            Path home = Path.of(System.getProperty("user.home"), ".cache", "sparkgrad", "opencl");
            Path chosen = OwnFolder.choose(home, "sparkgrad-opencl");
            // Machines of several kinds may have one home.
            String architecture = "aarch64".equals(System.getProperty("os.arch")) ? "arm64" : "x64";
            Path libraries = Files.createDirectories(chosen.resolve("lwjgl-%d.%d.%d-%s"
                    .formatted(Version.VERSION_MAJOR, Version.VERSION_MINOR, Version.VERSION_REVISION, architecture)));
            unpack(architecture, libraries);
            Configuration.OPENCL_LIBRARY_NAME.set(LOADER);
            Configuration.SHARED_LIBRARY_EXTRACT_PATH.set(libraries.toString());
            return chosen;
        } catch (IOException none) {
            throw new DeviceException("no folder for the OpenCL binding: make java.io.tmpdir writable", none);
        }
    }

    /** Unpacks the library as a whole: LWJGL would write it in place, which another JVM could see half done. */
    private static void unpack(String architecture, Path libraries) throws IOException {
        Path library = libraries.resolve(LIBRARY);
        try (InputStream packed = Configuration.class
                .getClassLoader()
                .getResourceAsStream("linux/%s/org/lwjgl/%s".formatted(architecture, LIBRARY))) {
            if (packed == null || Files.exists(library)) {
                return;
            }
            Path part = Files.createTempFile(libraries, LIBRARY, ".part");
            try {
                Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
                Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        }
    }
}
