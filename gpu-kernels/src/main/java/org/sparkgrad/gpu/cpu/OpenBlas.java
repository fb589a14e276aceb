package org.sparkgrad.gpu.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas_nolapack.SetNumThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OpenBLAS in this JVM, loaded at first use. This class chooses the library's kernels by the processor's instruction set
 * alone, so all processors with AVX-512 compute the same bits, and so do all others with AVX2. The library itself would
 * follow OPENBLAS_CORETYPE, and would take a processor newer than itself for an older one.
 *
 * <p>JavaCPP unpacks the library to {@link LibraryFolder}, under a lock between JVMs.
 */
public final class OpenBlas {
    private static final Logger LOG = LoggerFactory.getLogger(OpenBlas.class);
    private static final List<String> KERNELS = List.of(
            "SKYLAKEX", "HASWELL", "ZEN", "COOPERLAKE", "SANDYBRIDGE", "NEHALEM", "PRESCOTT", "CORE2", "PENRYN");
    private static final OpenBlas HERE = load(Processor.here());

    private final @Nullable String description;
    // JavaCPP's own function of this name looks up a dozen names at each call.
    private final @Nullable SetNumThreads threads;

    private OpenBlas(@Nullable String description, @Nullable SetNumThreads threads) {
        this.description = description;
        this.threads = threads;
    }

    /** Returns version and kernels, such as "OpenBLAS 0.3.19 SKYLAKEX"; nothing where OpenBLAS cannot be used. */
    public static Optional<String> description() {
        return Optional.ofNullable(HERE.description);
    }

    /**
     * Loads the library, unless it is loaded. A driver calls this before it uses ND4J, which would load the same library
     * with the kernels that the library chooses.
     */
    public static void load() {
        // Loading this class loads the library.
    }

    /**
     * Makes the library compute on the calling thread alone. Callers do this before every series of calls, since ND4J
     * turns on threads in the same library.
     */
    public static void useOneThread() {
        if (HERE.threads != null) {
            HERE.threads.call(1);
        }
    }

    private static OpenBlas load(Processor processor) {
        try {
            // JavaCPP's limit counts the heap and Spark's memory, too; engines allocate only a tile a thread here.
            System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            LibraryFolder.choose();
            Loader.load(org.bytedeco.javacpp.presets.javacpp.class);
            Map<String, String> variables = new TreeMap<>(Map.of("OPENBLAS_NUM_THREADS", "1"));
            Optional<String> kernels = kernels(processor);
            kernels.ifPresent(name -> variables.put("OPENBLAS_CORETYPE", name));
            List<String> hidden;
            @Nullable OpenBlasLibrary own;
            try (LibraryEnvironment environment = new LibraryEnvironment("OPENBLAS_", variables)) {
                own = OpenBlasLibrary.open();
                Loader.load(openblas_nolapack.class);
                hidden = environment.hidden();
            }
            Function<String, @Nullable Pointer> addresses = own == null ? Loader::addressof : own::address;
            if (own == null) {
                checkItIsOurs();
            }
            String chosen = chosenKernels(addresses);
            String version = Loader.getVersion("org.bytedeco", "openblas").replaceAll("-.*", "");
            String description = "OpenBLAS " + version + " " + chosen;
            LOG.info("The CPU engine computes with {}{}", description, hidden.isEmpty() ? "" : "; not seen: " + hidden);
            if (kernels.isPresent() && !chosen.equals(kernels.get())) {
                LOG.warn("OpenBLAS was loaded before, with {} kernels instead of {}", chosen, kernels.get());
            }
            return new OpenBlas(description, setNumThreads(addresses));
        } catch (LinkageError | RuntimeException | IOException unusable) {
            LOG.warn(
                    "The CPU engine computes in plain Java, some times slower: OpenBLAS cannot be loaded: {}",
                    text(unusable));
            LOG.debug("Loading OpenBLAS", unusable);
            return new OpenBlas(null, null);
        }
    }

    private static SetNumThreads setNumThreads(Function<String, @Nullable Pointer> addresses) {
        // A function pointer of JavaCPP points to the place that holds the function's address.
        PointerPointer<Pointer> address = new PointerPointer<>(1);
        return new SetNumThreads(address.put(0, addresses.apply("openblas_set_num_threads")));
    }

    private static String text(Throwable failure) {
        return failure.getCause() == null ? failure.toString() : failure + ", from " + failure.getCause();
    }

    private static Optional<String> kernels(Processor processor) {
        if (processor.hasAvx512()) {
            return Optional.of("SKYLAKEX");
        }
        return processor.hasAvx2() ? Optional.of("HASWELL") : Optional.empty();
    }

    /** A variable of the library points to the table of the kernels in use. */
    private static String chosenKernels(Function<String, @Nullable Pointer> addresses) {
        Pointer chosen = addresses.apply("gotoblas");
        if (chosen == null) {
            return "of one kind";
        }
        Pointer table = new PointerPointer<>(chosen).get(0);
        return KERNELS.stream()
                .filter(name -> table.equals(addresses.apply("gotoblas_" + name)))
                .findFirst()
                .orElse("of another kind");
    }

    /** Checks for a BLAS that was loaded before, for the whole process: it would compute instead of this library. */
    private static void checkItIsOurs() throws IOException {
        Optional<Path> file = MappedFiles.at(Loader.addressof("cblas_sgemm"));
        Path cache = Loader.getCacheDir().toPath().toRealPath();
        if (file.isPresent() && !file.get().startsWith(cache)) {
            throw new IOException("its functions are those of %s, not of a file in %s".formatted(file.get(), cache));
        }
    }
}
