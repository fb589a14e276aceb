package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.assemble.ColumnUse;
import org.sparkgrad.job.placement.MemoryPlan;
import org.sparkgrad.job.placement.WorkerSite;
import org.sparkgrad.job.shard.DataSize;

/** Formats the text that a dry run prints. */
public final class PlanText {
    /** The largest number of lines of a table that fits a screen. */
    private static final int MOST_LINES = 40;

    private PlanText() {}

    /** Returns the text, with a line break at the end. */
    public static String text(TrainingPlan plan) {
        List<String> lines = new ArrayList<>();
        lines.addAll(columns(plan.columns()));
        lines.add("");
        lines.addAll(data(plan));
        lines.add("");
        lines.addAll(labels(plan));
        lines.add("");
        lines.addAll(work(plan));
        lines.add("");
        lines.add("dry run: nothing was trained, nothing was written");
        return String.join("\n", lines) + "\n";
    }

    /** Returns a line for each column; adjacent columns with the same type and role share a line. */
    private static List<String> columns(List<ColumnUse> columns) {
        TextTable table = new TextTable("column", "type", "role", "columns");
        int start = 0;
        for (int c = 1; c <= columns.size(); c++) {
            ColumnUse first = columns.get(start);
            boolean same = c < columns.size()
                    && columns.get(c).type().equals(first.type())
                    && columns.get(c).role().equals(first.role());
            if (!same) {
                String name = first.name()
                        + (c - start == 1 ? "" : " to " + columns.get(c - 1).name());
                table.row(name, first.type(), first.role(), Integer.toString(c - start));
                start = c;
            }
        }
        return shortened(table.lines());
    }

    private static List<String> data(TrainingPlan plan) {
        DataSize size = plan.size();
        TextTable table = new TextTable("data", "");
        table.row("training rows", Long.toString(size.rows()));
        if (plan.missing() > 0) {
            table.row("missing cells", Long.toString(plan.missing()));
            table.row("rows dropped", Long.toString(plan.dropped()));
        }
        if (plan.validationRows() > 0) {
            table.row("rows held out", Long.toString(plan.validationRows()));
        }
        if (plan.testRows() != null) {
            table.row("test rows", Long.toString(plan.testRows()));
        }
        table.row("features", Integer.toString(size.features()));
        table.row("not zero", percent(size.entries(), size.rows() * size.features()));
        table.row("classes", Integer.toString(plan.labels().size()));
        return table.lines();
    }

    private static List<String> labels(TrainingPlan plan) {
        TextTable table = new TextTable("label", "rows", "share");
        for (int k = 0; k < plan.labels().size(); k++) {
            long rows = plan.classRows().get(k);
            table.row(
                    plan.labels().get(k),
                    Long.toString(rows),
                    percent(rows, plan.size().rows()));
        }
        return shortened(table.lines());
    }

    private static List<String> work(TrainingPlan plan) {
        MemoryPlan memory = plan.memory();
        List<String> lines = new ArrayList<>();
        lines.add("engine   %s in %s precision: %s"
                .formatted(
                        plan.engine().name(),
                        plan.engine().precision() == Precision.FLOAT ? "single" : "double",
                        plan.engine().reason()));
        workers(plan.places()).forEach((place, count) -> lines.add("workers  %d on %s".formatted(count, place)));
        lines.add("shards   %d of %s blocks, %s each"
                .formatted(
                        memory.shards(),
                        plan.size().sparse() ? "sparse" : "dense",
                        MemoryText.bytes(memory.shardBytes())));
        lines.add("memory   " + MemoryText.held(memory));
        lines.add("         a worker has %s of blocks, and room for %s on the heap%s"
                .formatted(
                        MemoryText.bytes(memory.blockBytes() / memory.workers()),
                        MemoryText.bytes(memory.room()),
                        memory.device() == null ? "" : ", " + MemoryText.bytes(memory.device()) + " on its device"));
        lines.add(
                "         a step's messages take up to %s beside an executor's heap, %s on the driver's and %s beside it"
                        .formatted(
                                MemoryText.bytes(memory.step().besideHeap()),
                                MemoryText.bytes(memory.step().driverHeap()),
                                MemoryText.bytes(memory.step().besideDriverHeap())));
        if (memory.tight()) {
            lines.add("         " + MemoryText.tight(memory));
        }
        return lines;
    }

    private static Map<String, Integer> workers(List<WorkerSite> places) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (WorkerSite place : places) {
            String executor = place.executor().equals("driver") ? "this machine" : "executor " + place.executor();
            String device = place.address() == null ? "" : "device %d: ".formatted(place.address());
            counts.merge(executor + ", " + device + place.device(), 1, Integer::sum);
        }
        return counts;
    }

    private static List<String> shortened(List<String> lines) {
        if (lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MOST_LINES));
        first.add("... (%d more)".formatted(lines.size() - MOST_LINES));
        return first;
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
    }
}
