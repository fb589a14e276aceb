package org.sparkgrad.job.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The wheel with the jars inside, as people install it. */
final class Wheel {
    private final Path folder;
    private final Path site;

    private Wheel(Path folder, Path site) {
        this.folder = folder;
        this.site = site;
    }

    /** Builds the wheel and installs it into a folder of its own. */
    static Wheel install(Path folder, String python) {
        Launcher launcher = new Launcher(folder, Map.of());
        Path script = Launcher.ROOT.resolve("scripts/build-wheel.sh");
        Launcher.Ended built = launcher.run(
                        List.of(script.toString(), folder.resolve("dist").toString()))
                .ok();
        String wheel = built.out().strip();
        Path site = folder.resolve("site");
        launcher.run(List.of(python, "-m", "pip", "install", "-q", "--no-deps", "--target", site.toString(), wheel))
                .ok();
        return new Wheel(folder, site);
    }

    /** Returns the jar for a PySpark. */
    Path jar(String pyspark) {
        return site.resolve("sparkgrad/jars/spark-%s/sparkgrad.jar".formatted(pyspark.substring(0, 1)));
    }

    /** Runs a script of spark-job/python/tests beside the installed wheel. */
    Launcher.Ended run(String python, String submitArguments, List<String> command) {
        Map<String, String> environment = new HashMap<>(Launcher.SHORT_LIVED);
        environment.put("PYTHONPATH", site.toString());
        environment.put("PYSPARK_PYTHON", python);
        environment.put("PYSPARK_SUBMIT_ARGS", submitArguments);
        return new Launcher(folder, environment).run(command(python, command));
    }

    /** Returns the version of PySpark that a python has, or the reason why there is none. */
    static Launcher.Ended pyspark(Path folder, String python) {
        return new Launcher(folder, Map.of())
                .run(List.of(python, "-c", "import pyspark; print(pyspark.__version__, end='')"));
    }

    private static List<String> command(String python, List<String> script) {
        Path path = Launcher.ROOT.resolve("spark-job/python/tests").resolve(script.get(0));
        List<String> command = new ArrayList<>(List.of(python, "-W", "ignore", path.toString()));
        command.addAll(script.subList(1, script.size()));
        return command;
    }
}
