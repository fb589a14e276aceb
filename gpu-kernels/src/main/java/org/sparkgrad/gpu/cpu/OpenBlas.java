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
 * OpenBLAS as this JVM has it, loaded at first use. Its kernels are chosen here, by the processor's instruction set
 * alone: the library itself would follow OPENBLAS_CORETYPE, and takes processors newer than itself for older ones. So
 * all processors with AVX-512 compute the same bits, as do all others with AVX2.
 *
 * <p>JavaCPP unpacks the library to {@link LibraryFolder}, under a lock between JVMs.
 */
public final class OpenBlas {
    private static final Logger LOG = LoggerFactory.getLogger(OpenBlas.class);
    private static final List<String> KERNELS = List.of(
            "SKYLAKEX", "HASWELL", "ZEN", "COOPERLAKE", "SANDYBRIDGE", "NEHALEM", "PRESCOTT", "CORE2", "PENRYN");
    private static final OpenBlas HERE = load(Processor.here());

    private final @Nullable String description;
    // JavaCPP's own function for it looks a dozen names up at each call.
    private final @Nullable SetNumThreads threads;

    private OpenBlas(@Nullable String description, @Nullable SetNumThreads threads) {
        this.description = description;
        this.threads = threads;
    }

    /** Returns its version and kernels, such as "OpenBLAS 0.3.19 SKYLAKEX"; nothing where it cannot be used. */
    public static Optional<String> description() {
        return Optional.ofNullable(HERE.description);
    }

    /**
     * Loads it, if nothing has yet. A driver does so before it uses ND4J, which would load the same library with the
     * kernels of the library's choice.
     */
    public static void load() {
        // Loading this class has done it.
    }

    /**
     * Makes its calls run on the calling thread, whatever else in this JVM has told it. Before every series of calls:
     * ND4J starts threads of the same library.
     */
    public static void useOneThread() {
        if (HERE.threads != null) {
            HERE.threads.call(1);
        }
    }

    private static OpenBlas load(Processor processor) {
        try {
            // Its limit counts the heap and Spark's own memory, too; what is allocated here is a tile a thread.
            System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
            LibraryFolder.choose();
            Loader.load(org.bytedeco.javacpp.presets.javacpp.class);
            Map<String, String> variables = new TreeMap<>(Map.of("OPENBLAS_NUM_THREADS", "1"));
            Optional<String> kernels = kernels(processor);
            kernels.ifPresent(name -> variables.put("OPENBLAS_CORETYPE", name));
            List<String> hidden;
            @Nullable OwnLibrary own;
            try (LibraryEnvironment environment = new LibraryEnvironment("OPENBLAS_", variables)) {
                own = OwnLibrary.open();
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
        // JavaCPP's function pointers point to where the function's address is.
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

    /** The library points to the table of the kernels it uses. */
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

    /** A library that was loaded before, for all, would compute in its place. */
    private static void checkItIsOurs() throws IOException {
        Optional<Path> file = MappedFiles.at(Loader.addressof("cblas_sgemm"));
        Path cache = Loader.getCacheDir().toPath().toRealPath();
        if (file.isPresent() && !file.get().startsWith(cache)) {
            throw new IOException("its functions are those of %s, not of a file in %s".formatted(file.get(), cache));
        }
    }
}
