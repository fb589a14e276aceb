package org.sparkgrad.job.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** One way to damage a file: a cut, a flipped bit, a part that comes twice, or something put in. */
final class Mutation {
    private static final int LONGEST_PART = 40;

    /** What trips readers: quotes, ends of lines and cells, numbers that are none, bytes that are no text. */
    private static final List<byte[]> TROUBLE = List.of(
            text("\""),
            text("\n"),
            text("\r"),
            text("\0"),
            text(","),
            text("\t"),
            text(":"),
            text("#"),
            text("-"),
            text("9"),
            text("NaN"),
            text("1e400"),
            text("123456789012345678901234567890"),
            text("\u0663"),
            text("\uFEFF"),
            text("\u2028"),
            text("x".repeat(100_000)),
            new byte[] {(byte) 0xff},
            new byte[] {(byte) 0xc3, 0x28},
            new byte[] {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});

    private Mutation() {}

    /** Returns a damaged copy of at least one byte. */
    static byte[] of(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        int end = Math.min(bytes.length, at + 1 + random.nextInt(LONGEST_PART));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, Math.max(1, at));
            case 1 -> join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
            case 2 -> join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
            case 3 ->
                join(Arrays.copyOf(bytes, at), join(TROUBLE.get(random.nextInt(TROUBLE.size())), tail(bytes, at)));
            default -> {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                yield flipped;
            }
        };
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
