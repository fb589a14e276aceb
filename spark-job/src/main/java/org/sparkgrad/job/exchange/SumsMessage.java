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
import org.sparkgrad.job.exchange.stage.AnswerNumbers;
import org.sparkgrad.job.exchange.stage.QuestionHandler;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.exchange.worker.WorkerSums;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/**
 * The message of {@link WorkerSums}: the sums of each subtree, then the engine, the time, the report, and the subtrees.
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
final class SumsMessage {
    private static final int REST = 4096;
    private static final int LONGEST_TEXT = 500;
    private static final int NO_ADDRESS = -1;

    private SumsMessage() {}

    static QuestionHandler.Answer of(WorkerSums sums) {
        byte[] report = write(sums.report());
        ByteBuffer head = ByteBuffer.allocate(
                        3 * Long.BYTES + report.length + sums.sums().size() * 2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(sums.incarnation().getMostSignificantBits())
                .putLong(sums.incarnation().getLeastSignificantBits())
                .putLong(sums.nanos())
                .put(report);
        sums.sums().forEach(tree -> head.putInt(tree.level()).putInt(tree.index()));
        return new QuestionHandler.Answer(
                sums.sums().stream().map(Subtree::value).toList(), head.flip());
    }

    /**
     * Reads a message.
     *
     * @param subtrees the worker's subtrees, each with the index of its numbers
     * @throws IllegalArgumentException unless the message contains exactly the sums of these subtrees
     */
    static WorkerSums read(ByteBuffer in, List<Subtree<Integer>> subtrees, AnswerNumbers numbers) {
        try {
            UUID incarnation = new UUID(in.getLong(), in.getLong());
            long nanos = in.getLong();
            WorkerReport report = report(in);
            List<Subtree<double[]>> sums = new ArrayList<>();
            for (Subtree<Integer> due : subtrees) {
                require(in.getInt() == due.level() && in.getInt() == due.index());
                sums.add(new Subtree<>(due.level(), due.index(), numbers.get(due.value())));
            }
            require(!in.hasRemaining());
            return new WorkerSums(incarnation, sums, nanos, report);
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
