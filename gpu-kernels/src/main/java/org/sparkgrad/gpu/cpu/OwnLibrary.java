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
 * OpenBLAS, bound to itself. MLlib loads the system's BLAS where there is one, and makes its functions known to the whole
 * process: what is loaded after it would call those in place of its own of the same names. So the system's loader is told
 * to look into the library first, before JavaCPP loads it, which then finds it there.
 */
final class OwnLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(OwnLibrary.class);

    /** Linux's RTLD_LAZY and RTLD_DEEPBIND. */
    private static final int OWN_SYMBOLS_FIRST = 0x1 | 0x8;

    /** What the library finds beside itself. */
    private static final List<String> NEEDED = List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5");

    /** In JavaCPP's jar, and after the # as JavaCPP unpacks it: the bridge asks for that name. */
    private static final String LIBRARY = "libopenblas.so.0#libopenblas_nolapack.so.0";

    private static final String BRIDGE = "libjniopenblas_nolapack.so";

    private final NativeLibrary library;
    private final NativeLibrary bridge; // held, so that it stays open

    private OwnLibrary(NativeLibrary library, NativeLibrary bridge) {
        this.library = library;
        this.bridge = bridge;
    }

    /** Opens it; null where somebody has loaded it already, or where it cannot be opened so. */
    static @Nullable OwnLibrary open() {
        try {
            for (String name : NEEDED) {
                unpacked(name);
            }
            File library = unpacked(LIBRARY);
            File bridge = unpacked(BRIDGE);
            if (library == null || bridge == null || isMapped(library) || isMapped(bridge)) {
                return null;
            }
            return new OwnLibrary(open(library), open(bridge));
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
        URL packed = OwnLibrary.class.getResource("/org/bytedeco/openblas/" + Loader.getPlatform() + "/" + parts[0]);
        if (packed == null) {
            return null;
        }
        return Loader.cacheResource(parts.length == 1 ? packed : new URL(packed + "#" + parts[1]));
    }

    private static NativeLibrary open(File file) {
        return NativeLibrary.getInstance(file.getPath(), Map.of(Library.OPTION_OPEN_FLAGS, OWN_SYMBOLS_FIRST));
    }

    /** Returns where a function or variable of the library is, or null if it has none of the name. */
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
