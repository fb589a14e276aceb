package org.sparkgrad.job.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.ValueType.Arity;

/** The types of values. */
public final class ValueTypes {
    /** The text for no character. */
    static final String NONE = "none";

    private ValueTypes() {}

    /** Text that is not empty. */
    public static ValueType<String> text(String placeholder) {
        return one(placeholder, "some text", text -> text.isBlank() ? null : text);
    }

    /** A name that can be the name of a folder. */
    public static ValueType<String> name() {
        return one(
                "NAME",
                "letters, digits, and ._- after the first",
                text -> text.matches("[A-Za-z0-9][A-Za-z0-9._-]*") ? text : null);
    }

    /** One character; a tab may be written {@code \t}, runs of blanks {@code \s+}. */
    public static ValueType<String> delimiter() {
        return one(
                "CHARACTER", "one character, \\t for a tab, or blanks for one or more blanks", text -> switch (text) {
                    case "\\t" -> "\t";
                    case "\\s+", DataSettings.BLANKS -> DataSettings.BLANKS;
                    default -> text.length() == 1 ? text : null;
                });
    }

    /** One character, or {@link #NONE}. */
    public static ValueType<String> characterOrNone() {
        return one(
                "CHARACTER", "one character, or none", text -> text.length() == 1 || text.equals(NONE) ? text : null);
    }

    /** A point or a comma. */
    public static ValueType<String> decimal() {
        return one(".|,", "a point or a comma", text -> text.equals(".") || text.equals(",") ? text : null);
    }

    /** Texts separated by commas. */
    public static ValueType<List<String>> texts() {
        return list("TEXT,...", "texts", Arity.COMMAS, text -> text);
    }

    /** True or false. */
    public static ValueType<Boolean> flag() {
        return new ValueType<>("true|false", "true or false", Arity.FLAG, texts -> {
            String text = single(texts);
            return ("true".equals(text) || "false".equals(text)) ? Boolean.valueOf(text) : null;
        });
    }

    /** A whole number of at least {@code minimum}. */
    public static ValueType<Integer> whole(int minimum) {
        return one("N", "a whole number of at least " + minimum, text -> wholeNumber(text, minimum));
    }

    /** The number 0 or 1. */
    public static ValueType<Integer> zeroOrOne() {
        return one("0|1", "0 or 1", text -> {
            Integer number = wholeNumber(text, 0);
            return number == null || number > 1 ? null : number;
        });
    }

    /** A power of two. */
    public static ValueType<Integer> powerOfTwo() {
        return one("N", "a power of two, such as 16 or 2^4", text -> {
            Integer power = text.startsWith("2^") ? wholeNumber(text.substring(2), 0) : null;
            Integer number =
                    power != null && power < Integer.SIZE - 1 ? Integer.valueOf(1 << power) : wholeNumber(text, 1);
            return number == null || Integer.bitCount(number) != 1 ? null : number;
        });
    }

    /** Any whole number of 64 bits. */
    public static ValueType<Long> anyWhole() {
        return one("N", "a whole number", text -> {
            try {
                return new BigDecimal(text).longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                return null;
            }
        });
    }

    /** A whole number of at least 1, of 64 bits. */
    public static ValueType<Long> count() {
        return one("N", "a whole number of at least 1", text -> {
            Long number = anyWhole().parser().apply(List.of(text));
            return number == null || number < 1 ? null : number;
        });
    }

    /** A finite number of at least 0. */
    public static ValueType<Double> atLeastZero() {
        return number("a number of at least 0", number -> number >= 0);
    }

    /** A finite number of at least 1. */
    public static ValueType<Double> atLeastOne() {
        return number("a number of at least 1", number -> number >= 1);
    }

    /** A finite number above 0. */
    public static ValueType<Double> aboveZero() {
        return number("a number above 0", number -> number > 0);
    }

    /** A number above 0 and at most 1. */
    public static ValueType<Double> factor() {
        return number("a number above 0 and at most 1", number -> number > 0 && number <= 1);
    }

    /** A number from 0 to 1. */
    public static ValueType<Double> share() {
        return number("a number from 0 to 1", number -> number >= 0 && number <= 1);
    }

    /** A number from 0 to less than 1. */
    public static ValueType<Double> part() {
        return number("a number of at least 0 and below 1", number -> number >= 0 && number < 1);
    }

    /** A constant of an enum, written in lower case. */
    public static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<E> constants = Arrays.asList(type.getEnumConstants());
        List<String> names = constants.stream().map(ValueTypes::nameOf).toList();
        return one(String.join("|", names), "one of " + String.join(", ", names), text -> {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            return index < 0 ? null : constants.get(index);
        });
    }

    /** Paths, by repeated options only, because a path may contain commas. */
    public static ValueType<List<String>> paths() {
        return list("PATH", "paths", Arity.REPEATED, text -> text.isBlank() ? null : text);
    }

    /** Column names or indices. */
    public static ValueType<List<String>> columns() {
        return list("COLUMN,...", "column names or indices", Arity.COMMAS, text -> text.isBlank() ? null : text);
    }

    /** Different whole numbers of at least 0. */
    public static ValueType<List<Integer>> addresses() {
        ValueType<List<Integer>> any =
                list("N,...", "different whole numbers of at least 0", Arity.COMMAS, text -> wholeNumber(text, 0));
        return new ValueType<>(any.placeholder(), any.allowed(), any.arity(), texts -> {
            List<Integer> addresses = any.parser().apply(texts);
            boolean different =
                    addresses != null && addresses.stream().distinct().count() == addresses.size();
            return different ? addresses : null;
        });
    }

    /** Returns a value as text: enums in lower case, lists with commas, numbers without unnecessary digits. */
    public static String written(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ValueTypes::written).collect(Collectors.joining(","));
        }
        if (value instanceof Enum<?> constant) {
            return nameOf(constant);
        }
        if (value instanceof Double) {
            String text = value.toString().replace(".0E", "e").replace('E', 'e');
            return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        }
        return value.equals("\t") ? "\\t" : value.toString();
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static ValueType<Double> number(String allowed, DoublePredicate inRange) {
        return one("NUMBER", allowed, text -> {
            try {
                double number = Double.parseDouble(text);
                return Double.isFinite(number) && inRange.test(number) ? number : null;
            } catch (NumberFormatException e) {
                return null;
            }
        });
    }

    private static @Nullable Integer wholeNumber(String text, int minimum) {
        try {
            int number = new BigDecimal(text).intValueExact();
            return number < minimum ? null : number;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static <T> ValueType<T> one(String placeholder, String allowed, Function<String, @Nullable T> parser) {
        return new ValueType<>(placeholder, allowed, Arity.ONE, texts -> {
            String text = single(texts);
            return text == null ? null : parser.apply(text);
        });
    }

    private static <E> ValueType<List<E>> list(
            String placeholder, String allowed, Arity arity, Function<String, @Nullable E> parser) {
        return new ValueType<>(placeholder, allowed, arity, texts -> {
            List<@Nullable E> elements = texts.stream().<@Nullable E>map(parser).toList();
            return elements.stream().allMatch(Objects::nonNull) ? elements : null;
        });
    }

    private static @Nullable String single(List<String> texts) {
        return texts.size() == 1 ? texts.get(0) : null;
    }
}
