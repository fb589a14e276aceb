package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A sum of finite doubles without rounding. The sum is the same in any order of additions. It is a fixed-point number
 * that is wide enough for all doubles, stored in chunks of 32 bits with delayed carries. After Neal, Fast Exact
 * Summation Using Small and Large Superaccumulators, 2015.
 */
final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Bit 0 is 2^-1074, the smallest double. */
    private static final int LOWEST = 1074;

    private static final int CHUNK_BITS = 32;
    private static final long CHUNK = (1L << CHUNK_BITS) - 1;
    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENTS = 0x7FF;

    /** Enough chunks for the bits of the largest double and for 2^63 additions. */
    private static final int CHUNKS = 70;

    /** Each addition adds at most 2^32 to a chunk, so carries must be propagated after this many additions. */
    private static final int MOST_PENDING = 1 << 30;

    private final long[] chunks = new long[CHUNKS];
    private int pending;

    /** Adds a finite number. */
    void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENTS;
        long fraction = bits & ((1L << MANTISSA_BITS) - 1);
        long mantissa = exponent == 0 ? fraction : fraction | 1L << MANTISSA_BITS;
        int place = Math.max(exponent, 1) - 1;
        int chunk = place / CHUNK_BITS;
        int shift = place % CHUNK_BITS;
        long sign = bits < 0 ? -1 : 1;
        chunks[chunk] += sign * ((mantissa << shift) & CHUNK);
        chunks[chunk + 1] += sign * ((mantissa >>> (CHUNK_BITS - shift)) & CHUNK);
        chunks[chunk + 2] += shift == 0 ? 0 : sign * (mantissa >>> (2 * CHUNK_BITS - shift));
        if (++pending == MOST_PENDING) {
            carry();
        }
    }

    /** Adds another sum. */
    void add(ExactSum other) {
        carry();
        other.carry();
        for (int i = 0; i < CHUNKS; i++) {
            chunks[i] += other.chunks[i];
        }
        carry();
    }

    /** Returns the sum divided by a count. */
    double mean(long count) {
        carry();
        BigInteger sum = BigInteger.ZERO;
        for (int i = CHUNKS - 1; i >= 0; i--) {
            sum = sum.shiftLeft(CHUNK_BITS).add(BigInteger.valueOf(chunks[i]));
        }
        BigInteger divisor = BigInteger.valueOf(count).shiftLeft(LOWEST);
        return new BigDecimal(sum)
                .divide(new BigDecimal(divisor), MathContext.DECIMAL128)
                .doubleValue();
    }

    private void carry() {
        for (int i = 0; i < CHUNKS - 1; i++) {
            chunks[i + 1] += chunks[i] >> CHUNK_BITS;
            chunks[i] &= CHUNK;
        }
        pending = 0;
    }
}
