package org.sparkgrad.job.read;

import java.util.regex.Pattern;

/** Detects texts that people read as numbers but that have another format than the expected one. */
public final class NumberLike {
    private static final String BLANK = "[ \\u00A0\\u202F]";
    private static final String CURRENCY = "(?:\\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|INR|BRL|R\\$|kr|zł)";
    private static final String SIGN = "[+\\-\\u2212]";

    /** Digits with one fraction, or in groups of three digits, or of two as in India. */
    private static final String DIGITS =
            "(?:\\d+(?:[.,]\\d*)?|[.,]\\d+|\\d{1,3}(?:([,.'’_ \\u00A0\\u202F])\\d{3})(?:\\1\\d{3})*"
                    + "(?:[.,]\\d*)?|\\d{1,2}(?:,\\d{2})*,\\d{3}(?:\\.\\d*)?)(?:[eE]" + SIGN + "?\\d+)?";

    private static final Pattern NUMBER =
            Pattern.compile("\\(?" + BLANK + "*" + SIGN + "?" + BLANK + "*" + CURRENCY + "?"
                    + BLANK + "*" + SIGN + "?" + BLANK + "*" + DIGITS + BLANK + "*(?:[%‰]|" + CURRENCY + ")?" + SIGN
                    + "?" + BLANK
                    + "*\\)?");

    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");
    private static final Pattern GROUPS =
            Pattern.compile("[+-]?\\d{1,3}(?:([,.'’_ \\u00A0\\u202F])\\d{3})(?:\\1\\d{3})*(?:[.,]\\d+)?");
    private static final int LONGEST = 40;

    private NumberLike() {}

    /**
     * Returns whether a text that is no number in the expected format is a number in another format: 1,5 or $1,200.00
     * or 45 %.
     */
    public static boolean matches(String text) {
        return text.length() <= LONGEST && NUMBER.matcher(text).matches();
    }

    /** Returns what the user can do about such a text among numbers. */
    public static String remedy(String text) {
        var groups = GROUPS.matcher(text);
        if (groups.matches()) {
            String separator = groups.group(1);
            return "Read groups of digits with --thousands \"%s\"%s; name the column with --text-columns if it holds codes."
                    .formatted(separator, separator.equals(",") ? " (or --decimal , if it is a decimal comma)" : "");
        }
        if (DECIMAL_COMMA.matcher(text).matches()) {
            return "Read decimal commas with --decimal ,; name the column with --text-columns if it holds codes.";
        }
        if (matches(text)) {
            return "Write plain numbers, without signs for currency or percent; --decimal and --thousands say how"
                    + " numbers are written.";
        }
        return "Mend these cells or leave them empty (with --missing mean or --missing drop), say with --missing-texts"
                + " which texts mean a missing value, ignore the column, or name it with --text-columns if it holds codes.";
    }
}
