package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/discover-gpus.sh beside an nvidia-smi and a clinfo that print what these print on machines with cards. */
class DiscoverGpusTest {
    private static final Path SCRIPT =
            Path.of("../scripts/discover-gpus.sh").toAbsolutePath().normalize();
    private static final String NONE = "{\"name\": \"gpu\", \"addresses\": []}";

    /** nvidia-smi --query-gpu=pci.bus_id,uuid --format=csv,noheader: a small card, and two large ones. */
    private static final String CARDS = """
            00000000:17:00.0, GPU-5e1f8a3c-9d2b-4c07-a1f6-0b7c2d3e4f50
            00000000:65:00.0, GPU-a83b6d70-11c4-7e59-8f02-6d5c4b3a2910
            00000000:CA:00.0, GPU-c24d9e81-33f7-0a6b-b5d8-192837465564
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void noToolsButAwk() throws IOException {
        // The machine's own nvidia-smi and clinfo, if any, are not on this path.
        Path awk = Files.createDirectories(folder.resolve("bin")).resolve("awk");
        Files.writeString(awk, "#!/bin/sh\nexec /usr/bin/awk \"$@\"\n");
        assertTrue(awk.toFile().setExecutable(true));
    }

    @Test
    void noDriver() throws Exception {
        assertEquals(NONE, discover(null));
    }

    @Test
    void aDriverWithoutCards() throws Exception {
        program("nvidia-smi", "No devices were found\n");
        assertEquals(NONE, discover(null));
    }

    @Test
    void openClNeedsNotHaveTheOrderOfTheBus() throws Exception {
        program("nvidia-smi", CARDS);
        program("clinfo", platform("NVIDIA CUDA", gpu("0000:65:00.0"), gpu("0000:ca:00.0"), gpu("0000:17:00.0")));
        assertEquals(addresses("0", "1", "2"), discover(null));
    }

    @Test
    void aVisibleCardHasTheAddressThatOpenClGivesIt() throws Exception {
        program("nvidia-smi", CARDS);
        program("clinfo", platform("NVIDIA CUDA", gpu("0000:ca:00.0")));
        assertEquals(addresses("0"), discover("2"));
    }

    @Test
    void gpusOfOtherMakersHaveAddressesThatAreLeftOut() throws Exception {
        program("nvidia-smi", CARDS);
        program(
                "clinfo",
                platform("Intel(R) OpenCL Graphics", gpu("0000:00:02.0"))
                        + platform("Portable Computing Language", device("CPU", ""))
                        + platform("NVIDIA CUDA", gpu("0000:65:00.0"), gpu("0000:17:00.0")));
        assertEquals(addresses("1", "2"), discover(null));
    }

    @Test
    void anOlderClinfoLeavesOutTheDomain() throws Exception {
        program("nvidia-smi", CARDS);
        program("clinfo", platform("NVIDIA CUDA", gpu("17:00.0"), gpu("65:00.0")));
        assertEquals(addresses("0", "1"), discover(null));
    }

    @Test
    void otherDomainsAreOtherCards() throws Exception {
        program("nvidia-smi", "00000009:01:00.0, GPU-0b0d4c5a-77aa-4d1e-9c3f-5f6e7d8c9ba0\n");
        program("clinfo", platform("NVIDIA CUDA", gpu("0008:01:00.0"), gpu("0009:01:00.0")));
        assertEquals(addresses("1"), discover(null));
    }

    @Test
    void openClThatSeesNoCardHasNoAddress() throws Exception {
        program("nvidia-smi", CARDS);
        program("clinfo", platform("Intel(R) OpenCL Graphics", gpu("0000:00:02.0")));
        assertEquals(NONE, discover(null));
    }

    @Test
    void withoutClinfoVisibleCardsAreCounted() throws Exception {
        program("nvidia-smi", CARDS);
        assertEquals(addresses("0", "1", "2"), discover(null));
        assertEquals(addresses("0", "1"), discover("2,1"));
        assertEquals(addresses("0"), discover("GPU-c24d9e81"));
        assertEquals(addresses("0"), discover("1,7,0"));
        assertEquals(NONE, discover(""));
        assertEquals(NONE, discover("-1"));
    }

    @Test
    void aClinfoWithoutBusIdsIsLeftOut() throws Exception {
        program("nvidia-smi", CARDS);
        program("clinfo", platform("NVIDIA CUDA", device("GPU", ""), device("GPU", "")));
        assertEquals(addresses("0", "1"), discover("0,1"));
    }

    private static String addresses(String... addresses) {
        return NONE.replace("[]", "[\"" + String.join("\", \"", addresses) + "\"]");
    }

    private static String platform(String name, String... devices) {
        return "  Platform Name                                   %s\nNumber of devices                                 %d\n%s\n"
                .formatted(name, devices.length, String.join("\n", devices));
    }

    private static String gpu(String bus) {
        return device("GPU", "  Device Topology (NV)                            PCI-E, " + bus + "\n");
    }

    private static String device(String type, String topology) {
        return """
                  Device Name                                     Some device
                  Device Vendor                                   Some maker
                  Device Version                                  OpenCL 3.0
                  Device Type                                     %s
                %s  Device Profile                                  FULL_PROFILE
                  Max compute units                               132
                """.formatted(type, topology);
    }

    private void program(String name, String output) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n/bin/cat <<'END'\n" + output + "END\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private String discover(@Nullable String visible) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/bash", SCRIPT.toString());
        builder.environment().clear();
        builder.environment().put("PATH", folder.resolve("bin").toString());
        if (visible != null) {
            builder.environment().put("CUDA_VISIBLE_DEVICES", visible);
        }
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }
}
