package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.ScheduledConfiguration;

/** The examples in conf/schedulers: each line is run as its scheduler would, by a launcher that tells what it was given. */
class SchedulerExamplesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path EXAMPLES = ROOT.resolve("conf/schedulers");

    @TempDir
    private Path folder;

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }

    private static String group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    /** Runs a line by sh, with little in the environment, in a folder whose launcher leaves its arguments. */
    private List<String> arguments(String line) throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path launcher = Files.createDirectories(home.resolve("scripts")).resolve("sparkgrad");
        Files.writeString(launcher, "#!/bin/sh\nprintf '%s\\n' \"$@\" >arguments\n");
        assertTrue(launcher.toFile().setExecutable(true));
        String here = line.replace("/srv/sparkgrad", home.toString()).replace("/var/log/", folder + "/");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", here)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        assertEquals(0, builder.start().waitFor(), here);
        return Files.readAllLines(home.resolve("arguments"));
    }

    /** The run is yesterday's, and its options are ones that there are. */
    private static void assertNight(List<String> arguments, int before) {
        assertEquals("scheduled", arguments.get(before), arguments::toString);
        ScheduledConfiguration configuration = read(arguments.subList(before + 1, arguments.size()));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        assertTrue(
                List.of(today.minusDays(1) + "", today.minusDays(2) + "")
                        .contains(configuration.registry().runId()),
                arguments::toString);
    }

    private static ScheduledConfiguration read(List<String> options) {
        return ScheduledConfiguration.read(options.stream()
                .map(option -> option.replaceFirst("^.*conf/scheduled.conf$", ROOT + "/conf/scheduled.conf"))
                .toList());
    }

    @Test
    void cron() throws Exception {
        String line = group("^([^#\\n]* \\* \\* \\* .*)$", example("crontab"));
        assertEquals("0 2 * * *", line.substring(0, 9));
        String command = line.substring(10);
        assertTrue(command.matches("([^%]|\\\\%)*"), "a % alone is a line break");
        List<String> arguments = arguments(command.replace("\\%", "%"));
        assertEquals(List.of("--log", "json"), arguments.subList(0, 2));
        assertNight(arguments, 2);
    }

    @Test
    void systemd() throws Exception {
        String service = example("sparkgrad.service");
        List<String> arguments = arguments(group("^ExecStart=(.*)$", service).replace("%%", "%"));
        assertNight(arguments, 2);
        assertEquals("2 3 4 5 6", group("^RestartPreventExitStatus=(.*)$", service));
        Path analyze = Path.of("/usr/bin/systemd-analyze");
        assumeTrue(Files.isExecutable(analyze), "no systemd-analyze");
        for (String unit : List.of("sparkgrad.service", "sparkgrad.timer")) {
            Files.copy(EXAMPLES.resolve(unit), folder.resolve(unit));
        }
        Process verify = new ProcessBuilder(
                        analyze.toString(),
                        "verify",
                        folder.resolve("sparkgrad.service").toString(),
                        folder.resolve("sparkgrad.timer").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("verified").toFile())
                .start();
        assertEquals(0, verify.waitFor(), Files.readString(folder.resolve("verified")));
    }

    @Test
    void airflow() throws Exception {
        String list = group("application_args=\\[([^\\]]*)\\]", example("airflow.py"));
        List<String> arguments = Pattern.compile("f?\"([^\"]*)\"")
                .matcher(list)
                .results()
                .map(cell -> cell.group(1).replace("{{ ds }}", "2026-01-31"))
                .toList();
        assertEquals("scheduled", arguments.get(0));
        assertEquals(
                "2026-01-31",
                read(arguments.subList(1, arguments.size())).registry().runId());
    }

    @Test
    void kubernetes() throws Exception {
        String yaml = example("kubernetes.yaml");
        String list = group("arguments:\\n((?: +[-#] ?.*\\n)+)", yaml);
        List<String> arguments = list.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- "))
                .map(line -> line.substring(2))
                .toList();
        assertEquals("scheduled", arguments.get(0));
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        assertTrue(
                read(arguments.subList(1, arguments.size())).registry().runId().compareTo(today) <= 0);
        assertEquals("org.sparkgrad.job.cli.Main", group("mainClass: (.*)", yaml));
    }
}
