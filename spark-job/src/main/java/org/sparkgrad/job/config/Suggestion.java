package org.sparkgrad.job.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The nearest known name to one that was mistyped. */
public final class Suggestion {
    private Suggestion() {}

    /** Returns "; did you mean X?" for the nearest of the names, or nothing if none is near. */
    public static String sentence(String given, Collection<String> names) {
        return nearest(given, names)
                .map(name -> "; did you mean %s?".formatted(name))
                .orElse("");
    }

    /** Returns the nearest of the names, if it is no further than a third of its letters, or begins like the given. */
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

    /** Levenshtein's distance: the fewest letters inserted, deleted or replaced. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
