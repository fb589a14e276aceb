package org.sparkgrad.job.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shortens long texts in messages. */
public final class ShortenedText {
    private static final int WORD = 1000;
    private static final int START = 80;
    private static final int MESSAGE = 8000;

    private static final Pattern LONG_WORD = Pattern.compile("\\S{" + WORD + "}\\S+");

    private ShortenedText() {}

    /**
     * Returns the text with each word of more than {@value #WORD} characters, and then the whole text, shortened; a
     * shortened part shows its length.
     */
    public static String of(String text) {
        String words = LONG_WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(cut(word.group(), START)));
        return words.length() <= MESSAGE ? words : cut(words, MESSAGE);
    }

    private static String cut(String text, int length) {
        return "%s... (%d characters)".formatted(text.substring(0, length), text.length());
    }
}
