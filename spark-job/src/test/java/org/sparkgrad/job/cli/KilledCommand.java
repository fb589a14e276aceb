package org.sparkgrad.job.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A command that is killed, as by kill -9, when it says a certain line; the first argument is that line's end. */
final class KilledCommand {
    private KilledCommand() {}

    public static void main(String[] arguments) {
        List<String> options = List.of(arguments).subList(1, arguments.length);
        System.exit(Main.run(options, System.out, new Killing(arguments[0])).status());
    }

    /** Returns the command line of a JVM that runs and is killed. */
    static List<String> commandLine(String lastLine, String arguments) {
        List<String> line = new ArrayList<>(MainProcess.commandLine(arguments));
        int place = line.indexOf(Main.class.getName());
        line.set(place, KilledCommand.class.getName());
        line.add(place + 1, lastLine);
        return line;
    }

    private static final class Killing extends PrintStream {
        private final String lastLine;

        Killing(String lastLine) {
            super(System.err, true);
            this.lastLine = lastLine;
        }

        @Override
        public void println(String line) {
            super.println(line);
            if (line.endsWith(lastLine)) {
                kill();
            }
        }

        private static void kill() {
            try {
                String pid = Long.toString(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-9", pid).start().waitFor();
            } catch (IOException | InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
