package org.sparkgrad.job.config;

import java.util.ArrayList;
import java.util.List;

/** Wraps text at its spaces. */
public final class TextWrap {
    private TextWrap() {}

    /** Returns lines of at most {@code width} characters; longer words have their own line. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
