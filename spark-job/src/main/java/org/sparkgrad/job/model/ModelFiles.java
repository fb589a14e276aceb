package org.sparkgrad.job.model;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.shard.Statistics;
import org.sparkgrad.score.JsonVector;
import org.sparkgrad.score.ModelFile;

/** Writes a trained model as {@code model.json}, for scoring without Spark. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Returns the file's content.
     *
     * @param coefficients K x (F + 1) over original features
     * @param missing the handling of missing numbers
     * @param standardized whether the training scaled features to deviation 1
     * @param statistics the statistics of the training rows
     */
    public static ModelFile of(
            Assembly assembly,
            Coefficients coefficients,
            Missing missing,
            boolean standardized,
            Statistics statistics) {
        int features = coefficients.features();
        List<ModelFile.Output> outputs = IntStream.range(0, coefficients.outputs())
                .mapToObj(k -> {
                    int row = k * (features + 1);
                    return new ModelFile.Output(
                            coefficients.intercept(k),
                            JsonVector.of(Arrays.copyOfRange(coefficients.values(), row, row + features)));
                })
                .toList();
        return new ModelFile(
                ModelFile.FORMAT,
                outputs.size() == 1 ? ModelFile.BINOMIAL : ModelFile.MULTINOMIAL,
                assembly.labels(),
                features,
                missing.name().toLowerCase(java.util.Locale.ROOT),
                assembly.modelColumns(),
                outputs,
                new ModelFile.Standardization(
                        standardized, values(features, statistics::mean), values(features, statistics::deviation)));
    }

    private static JsonVector values(int features, IntToDoubleFunction value) {
        return JsonVector.of(IntStream.range(0, features).mapToDouble(value).toArray());
    }
}
