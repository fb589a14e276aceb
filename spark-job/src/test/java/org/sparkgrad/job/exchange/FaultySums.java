package org.sparkgrad.job.exchange;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.shard.MergeTree.Subtree;

/** A worker's real sums, with faults; a step is the slot of its pass. */
final class FaultySums implements ShardSums {
    private final ShardSums sums;
    private final int worker;
    private final List<Fault> faults;
    private final String marks;

    private FaultySums(ShardSums sums, int worker, List<Fault> faults, String marks) {
        this.sums = sums;
        this.worker = worker;
        this.faults = faults;
        this.marks = marks;
    }

    static ShardSums.Factory factory(ShardSums.Factory sums, List<Fault> faults, Path marks) {
        String folder = marks.toString();
        return (worker, workers) -> new FaultySums(sums.open(worker, workers), worker, faults, folder);
    }

    @Override
    public List<Subtree<double[]>> sums(Pass pass) {
        int step = ((GradientPass) pass).slot().index();
        faults.forEach(fault -> fault.happen(step, Fault.When.BEFORE, worker, Path.of(marks)));
        List<Subtree<double[]>> result = sums.sums(pass);
        faults.forEach(fault -> fault.happen(step, Fault.When.AFTER, worker, Path.of(marks)));
        return result;
    }

    @Override
    public Optional<WorkerReport> report() {
        return sums.report();
    }

    @Override
    public void close() {
        sums.close();
    }
}
