package org.sparkgrad.job.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that is nearest to a mistyped name. */
public final class Suggestion {
    private Suggestion() {}

    /** Returns "; did you mean X?" for the nearest name, or an empty text if no name is near. */
    public static String sentence(String given, Collection<String> names) {
        return nearest(given, names)
                .map(name -> "; did you mean %s?".formatted(name))
                .orElse("");
    }

    /** Returns the nearest name, if it differs in at most a third of its letters or begins with the given text. */
    static Optional<String> nearest(String given, Collection<String> names) {
        String letters = letters(given);
        Optional<String> nearest =
                names.stream().min(Comparator.comparingInt(name -> distance(letters, letters(name))));
        Optional<String> near = nearest.filter(name ->
                distance(letters, letters(name)) <= Math.max(1, letters(name).length() / 3));
        return near.or(() -> names.stream()
                .filter(name -> letters.length() >= 3 && letters(name).startsWith(letters))
                .findFirst());
    }

    private static String letters(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Returns the smallest number of insertions, deletions, replacements and swaps of neighbours between two texts. */
    static int distance(String a, String b) {
        int[][] distance = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(distance, a, b, i, j);
            }
        }
        return distance[a.length()][b.length()];
    }

    private static int step(int[][] distance, String a, String b, int i, int j) {
        int replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int shortest = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(shortest, 1 + distance[i - 2][j - 2]) : shortest;
    }
}
