package org.sparkgrad.job.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text that a message repeats: all of it, or the start of what is too long to be read. */
public final class ShortenedText {
    private static final int WORD = 1000;
    private static final int START = 80;
    private static final int MESSAGE = 8000;

    private static final Pattern LONG_WORD = Pattern.compile("\\S{" + WORD + "}\\S+");

    private ShortenedText() {}

    /** Returns a text whose words of more than {@value #WORD} characters are cut, with their lengths, and so is the whole. */
    public static String of(String text) {
        String words = LONG_WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(cut(word.group(), START)));
        return words.length() <= MESSAGE ? words : cut(words, MESSAGE);
    }

    private static String cut(String text, int length) {
        return "%s... (%d characters)".formatted(text.substring(0, length), text.length());
    }
}
