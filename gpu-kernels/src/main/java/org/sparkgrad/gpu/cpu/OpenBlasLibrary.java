package org.sparkgrad.gpu.cpu;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The library file of OpenBLAS, opened so that its calls reach its own functions. MLlib loads the system's BLAS, where
 * there is one, for the whole process; a library that is loaded later would call the system's functions instead of its own
 * functions of the same names. RTLD_DEEPBIND prevents that. JavaCPP, which loads the same file later, gets this copy.
 */
final class OpenBlasLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(OpenBlasLibrary.class);

    /** Linux's RTLD_LAZY and RTLD_DEEPBIND. */
    private static final int OWN_SYMBOLS_FIRST = 0x1 | 0x8;

    /** Libraries that OpenBLAS needs in its folder. */
    private static final List<String> NEEDED = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");

    /** The name in JavaCPP's jar and, after the #, the name of the unpacked file, which the bridge needs. */
    private static final String LIBRARY = "libopenblas.so.0#libopenblas_nolapack.so.0";

    private static final String BRIDGE = "libjniopenblas_nolapack.so";

    private final NativeLibrary library;
    private final NativeLibrary bridge; // a reference, so that the bridge stays open

    private OpenBlasLibrary(NativeLibrary library, NativeLibrary bridge) {
        this.library = library;
        this.bridge = bridge;
    }

    /** Opens the library; returns null if it is loaded already, or cannot be opened this way. */
    static @Nullable OpenBlasLibrary open() {
        try {
            for (String name : NEEDED) {
                unpacked(name);
            }
            File library = unpacked(LIBRARY);
            File bridge = unpacked(BRIDGE);
            if (library == null || bridge == null || isMapped(library) || isMapped(bridge)) {
                return null;
            }
            return new OpenBlasLibrary(open(library), open(bridge));
        } catch (LinkageError | RuntimeException | IOException unusable) {
            LOG.debug("Opening OpenBLAS with its own symbols first", unusable);
            return null;
        }
    }

    private static boolean isMapped(File file) throws IOException {
        return MappedFiles.has(file.toPath());
    }

    private static @Nullable File unpacked(String name) throws IOException {
        String[] parts = name.split("#", 2);
        URL packed =
                OpenBlasLibrary.class.getResource("/org/bytedeco/openblas/" + Loader.getPlatform() + "/" + parts[0]);
        if (packed == null) {
            return null;
        }
        return Loader.cacheResource(parts.length == 1 ? packed : new URL(packed + "#" + parts[1]));
    }

    private static NativeLibrary open(File file) {
        return NativeLibrary.getInstance(file.getPath(), Map.of(Library.OPTION_OPEN_FLAGS, OWN_SYMBOLS_FIRST));
    }

    /** Returns the address of a function or variable of the library, or null if the library has none of that name. */
    @Nullable
    Pointer address(String symbol) {
        try {
            return new Address(com.sun.jna.Pointer.nativeValue(library.getGlobalVariableAddress(symbol)));
        } catch (UnsatisfiedLinkError none) {
            return null;
        }
    }

    @Override
    public String toString() {
        return library + " and " + bridge;
    }

    private static final class Address extends Pointer {
        Address(long address) {
            this.address = address;
        }
    }
}
