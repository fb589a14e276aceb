package org.sparkgrad.job.optimize;

import java.util.List;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.GradientEngine;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;

/** One shard on a reference engine in this thread: an exchange without a cluster, for tests of the mathematics. */
final class EngineExchange implements Exchange {
    private final GradientEngine engine;

    EngineExchange(Loss loss, List<Instance> instances) {
        int features = instances.get(0).features().size();
        int rows = Math.min(instances.size(), DenseBlock.rowsFor(features));
        double[] values = new double[rows * features];
        float[] labels = new float[rows];
        double[] weights = new double[rows];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(instances.get(i).features().toArray(), 0, values, i * features, features);
            labels[i] = instances.get(i).label();
            weights[i] = instances.get(i).weight();
        }
        Shard shard = new Shard(0, features, List.of(DenseBlock.ofDoubles(features, values, labels, weights)));
        EngineSpec spec = new EngineSpec(EngineKind.REFERENCE, Precision.DOUBLE, 0);
        engine = GradientEngines.open(spec, loss, features, List.of(shard));
    }

    @Override
    public double[] sum(Pass pass) {
        return pass.sums(engine).get(0);
    }

    @Override
    public List<WorkerReport> workers() {
        return List.of(new WorkerReport("test", null, engine.report()));
    }

    @Override
    public void close() {
        engine.close();
    }
}
