package org.sparkgrad.job.exchange;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.pass.LossPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.ScaleChange;

/** An exchange over the features of a model, on top of an exchange over blocks with features in another scale. */
public final class ScaledExchange implements Exchange {
    private final Exchange blocks;
    private final ScaleChange scale;

    /**
     * @param blocks the exchange over the features of the blocks
     * @param scale the change from the model's features to the features of the blocks
     */
    public ScaledExchange(Exchange blocks, ScaleChange scale) {
        this.blocks = blocks;
        this.scale = scale;
    }

    /**
     * Returns an exchange over features in a scale, on top of an exchange over blocks. The result is the given exchange
     * if the blocks have the same scale.
     */
    public static Exchange over(Exchange blocks, FeatureScale scale) {
        FeatureScale held = scale.blocks();
        return held == scale ? blocks : new ScaledExchange(blocks, scale.to(held));
    }

    @Override
    public double[] sum(Pass pass) {
        if (pass instanceof GradientPass gradient) {
            Coefficients ofBlocks = scale.toBlocks(gradient.coefficients());
            GradientSum sum = GradientSum.of(blocks.sum(new GradientPass(ofBlocks, gradient.slot())));
            return scale.toModel(sum).toArray();
        }
        if (pass instanceof GramPass gram) {
            Coefficients at = gram.at() == null ? null : scale.toBlocks(gram.at());
            return scale.gramToModel(blocks.sum(new GramPass(gram.features(), gram.slot(), gram.taken(), at)));
        }
        if (pass instanceof LossPass loss) {
            return blocks.sum(new LossPass(scale.toBlocks(loss.coefficients())));
        }
        throw new IllegalArgumentException("no pass over a model's own features: " + pass.kind());
    }

    @Override
    public List<WorkerReport> workers() {
        return blocks.workers();
    }

    @Override
    public ExchangeStatistics traffic() {
        return blocks.traffic();
    }

    @Override
    public void releaseSlots() {
        blocks.releaseSlots();
    }

    /** Closes the exchange over the blocks. */
    @Override
    public void close() {
        blocks.close();
    }
}
