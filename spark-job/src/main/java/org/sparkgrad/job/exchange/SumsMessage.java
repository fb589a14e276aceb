package org.sparkgrad.job.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineReport;
import org.sparkgrad.job.exchange.stage.Work;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/** {@link WorkerSums} as bytes: engine, time and report first, then level, index and sums of each subtree. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
final class SumsMessage implements Work.Answer {
    /** Bytes of a subtree beside its sums. */
    private static final int SUBTREE = 2 * Integer.BYTES;

    /** The most bytes beside the subtrees: a report's texts are names. */
    private static final int REST = 4096;

    private static final int LONGEST_TEXT = 500;
    private static final int NO_ADDRESS = -1;

    private final WorkerSums sums;
    private final byte[] report;

    SumsMessage(WorkerSums sums) {
        this.sums = sums;
        this.report = write(sums.report());
    }

    /** Returns the bytes of the largest answer: a run of S shards has at most two maximal subtrees of a level. */
    static long largest(int shards, int length) {
        long subtrees = 2L * (Integer.SIZE - Integer.numberOfLeadingZeros(shards));
        return REST + subtrees * (SUBTREE + (long) Double.BYTES * length);
    }

    @Override
    public int bytes() {
        int subtrees = sums.sums().stream()
                .mapToInt(tree -> SUBTREE + Double.BYTES * tree.value().length)
                .reduce(0, Math::addExact);
        return 2 * Long.BYTES + Long.BYTES + report.length + Integer.BYTES + subtrees;
    }

    @Override
    public void write(ByteBuffer out) {
        out.putLong(sums.incarnation().getMostSignificantBits());
        out.putLong(sums.incarnation().getLeastSignificantBits());
        out.putLong(sums.nanos()).put(report).putInt(sums.sums().size());
        for (Subtree<double[]> tree : sums.sums()) {
            out.putInt(tree.level()).putInt(tree.index());
            out.asDoubleBuffer().put(tree.value());
            out.position(out.position() + Double.BYTES * tree.value().length);
        }
    }

    /**
     * Reads an answer.
     *
     * @param from the worker's first shard
     * @param to the shard after its last
     * @param length of each subtree's sums
     * @throws IllegalArgumentException unless it has exactly the sums of the worker's shards
     */
    static WorkerSums read(ByteBuffer in, int from, int to, int length) {
        try {
            UUID incarnation = new UUID(in.getLong(), in.getLong());
            long nanos = in.getLong();
            WorkerReport report = report(in);
            List<Subtree<double[]>> subtrees = new ArrayList<>();
            long next = from;
            for (int left = in.getInt(); left > 0; left--) {
                int level = in.getInt();
                int index = in.getInt();
                if (level < 0 || level >= Integer.SIZE - 1 || (long) index << level != next) {
                    throw new IllegalArgumentException(
                            "subtree %d/%d does not begin at shard %d".formatted(level, index, next));
                }
                next += 1L << level;
                require(next <= to && in.remaining() >= (long) Double.BYTES * length);
                double[] values = new double[length];
                in.asDoubleBuffer().get(values);
                in.position(in.position() + Double.BYTES * length);
                subtrees.add(new Subtree<>(level, index, values));
            }
            require(next == to && !in.hasRemaining());
            return new WorkerSums(incarnation, subtrees, nanos, report);
        } catch (java.nio.BufferUnderflowException cut) {
            throw new IllegalArgumentException("a message that is cut off", cut);
        }
    }

    private static void require(boolean whole) {
        if (!whole) {
            throw new IllegalArgumentException("not the sums of the worker's shards");
        }
    }

    private static byte[] write(@Nullable WorkerReport report) {
        ByteBuffer out = ByteBuffer.allocate(REST).order(ByteOrder.LITTLE_ENDIAN);
        if (report == null) {
            return new byte[1];
        }
        EngineReport engine = report.engine();
        out.put((byte) 1);
        text(out, report.executor());
        out.putInt(report.address() == null ? NO_ADDRESS : report.address());
        out.put((byte) engine.kind().ordinal()).put((byte) engine.precision().ordinal());
        text(out, engine.device());
        text(out, engine.instructionSet());
        out.putLong(engine.launches()).putLong(engine.streamedBytes());
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    private static @Nullable WorkerReport report(ByteBuffer in) {
        if (in.get() == 0) {
            return null;
        }
        String executor = text(in);
        int address = in.getInt();
        EngineKind kind = at(EngineKind.values(), in.get());
        Precision precision = at(Precision.values(), in.get());
        String device = text(in);
        EngineReport engine = new EngineReport(kind, device, precision, text(in), in.getLong(), in.getLong());
        return new WorkerReport(executor, address == NO_ADDRESS ? null : address, engine);
    }

    private static <E> E at(E[] values, int ordinal) {
        if (ordinal < 0 || ordinal >= values.length) {
            throw new IllegalArgumentException("no value " + ordinal);
        }
        return values[ordinal];
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = text.substring(0, Math.min(text.length(), LONGEST_TEXT)).getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a text of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
