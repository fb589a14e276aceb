package org.sparkgrad.gpu.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often the kernel for one output reads a feature from memory, by a model: a cache for all units that forgets what was
 * not used for longest, and groups that take turns, a line of the cache each. As many groups are there as lanes and local
 * memory of a unit allow. A control, which reads the tiles of an earlier version twice, must read more often.
 */
public final class CacheModel {
    private static final int LINE = 128;
    private static final int[] WIDTHS = {100, 784, 1000, 3000};
    /** Rows of a tile of the control. */
    private static final int EARLIER_ROWS = 32;

    /** Local memory that a driver keeps for itself, a group. */
    private static final int DRIVER = 1024;

    private static final double MOST_READS = 1.1;

    private final Map<Long, Boolean> lines = new LinkedHashMap<>();
    private final long most;
    private long misses;

    /** A card, with the local memory and the lanes of a unit. */
    private record Card(String name, long cache, int units, int local, int lanes) {}

    private CacheModel(long bytes) {
        this.most = bytes / LINE;
    }

    /** Prints the reads, and ends with 1 if they are more than 1.1, or if the control's are not. */
    public static void main(String[] arguments) {
        Card[] cards = {
            new Card("4 MB", 4L << 20, 40, 64 << 10, 1024),
            new Card("6 MB", 6L << 20, 72, 100 << 10, 1536),
            new Card("50 MB", 50L << 20, 132, 228 << 10, 2048),
        };
        double largest = 0;
        double control = 0;
        for (int width : WIDTHS) {
            float[] none = {0};
            FloatGroupBinaryKernel kernel =
                    new FloatGroupBinaryKernel(GradientKernel.LOGISTIC, width, 1, none, new int[1], none);
            for (Card card : cards) {
                int byLanes = card.lanes() / FloatGroupKernel.GROUP;
                int byLocal = card.local() / (kernel.localNumbers() * Float.BYTES + DRIVER);
                int groups = Math.min(byLanes, byLocal);
                double reads = reads(card, groups, width, kernel.tileRows, kernel.staged == 0);
                System.out.printf("F = %d, %s: %.2f reads of X, %d groups a unit%n", width, card.name(), reads, groups);
                largest = Math.max(largest, reads);
                control = Math.max(control, reads(card, byLanes, width, EARLIER_ROWS, true));
            }
        }
        System.out.printf("at most %.2f reads of X; control: up to %.2f%n", largest, control);
        System.exit(largest <= MOST_READS && control > MOST_READS ? 0 : 1);
    }

    private static double reads(Card card, int ofUnit, int width, int tileRows, boolean twice) {
        CacheModel cache = new CacheModel(card.cache());
        Deque<Group> running = new ArrayDeque<>();
        int groups = card.units() * ofUnit;
        long bytes = 0;
        for (int g = 0; g < groups; g++) {
            Group group = new Group(g, width, tileRows, twice);
            running.add(group);
            bytes += (long) Group.TILES * group.tileLines * LINE;
        }
        while (!running.isEmpty()) {
            Group group = running.remove();
            if (group.step(cache)) {
                running.add(group);
            }
        }
        return (double) cache.misses * LINE / bytes;
    }

    private void read(long line, boolean counts) {
        if (lines.remove(line) == null) {
            misses += counts ? 1 : 0;
            if (lines.size() >= most) {
                lines.remove(lines.keySet().iterator().next());
            }
        }
        lines.put(line, true);
    }

    /** What one group reads: of each tile X, with the coefficients, and where tiles are read twice X and the partials. */
    private static final class Group {
        /** Some are enough: all are alike. */
        private static final int TILES = 3;

        private final long x;
        private final long partials;
        private final int tileLines;
        private final int rowLines;
        private final boolean twice;
        private int tile;
        private int line;
        private boolean second;

        Group(int number, int width, int tileRows, boolean twice) {
            this.rowLines = (width * Float.BYTES + LINE - 1) / LINE;
            this.tileLines = (tileRows * width * Float.BYTES + LINE - 1) / LINE;
            this.x = (1L << 40) + (long) number * TILES * tileLines;
            this.partials = (1L << 50) + (long) number * rowLines;
            this.twice = twice;
        }

        /** Reads a line of each of two arrays; returns whether there is more. */
        boolean step(CacheModel cache) {
            cache.read(x + (long) tile * tileLines + line, true);
            cache.read(second ? partials + line % rowLines : line % rowLines, false);
            line++;
            if (line == tileLines) {
                line = 0;
                tile += second || !twice ? 1 : 0;
                second = twice && !second;
            }
            return tile < TILES;
        }
    }
}
