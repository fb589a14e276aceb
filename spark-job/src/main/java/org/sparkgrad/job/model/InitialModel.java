package org.sparkgrad.job.model;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.problem.JobException;

/** A saved model as the start of another training. */
public final class InitialModel {
    private InitialModel() {}

    /**
     * Returns the model's coefficients over original features.
     *
     * @param labels the labels in the order of the training to come, which may be another than the model's
     * @param outputs K of the training to come
     * @param features F of the training to come
     * @throws JobException if there is no such model, or it is one of other features, labels or outputs
     */
    public static Coefficients read(SparkSession spark, String path, List<String> labels, int outputs, int features) {
        SavedModel model = SavedModel.load(spark, path);
        Coefficients known = model.coefficients();
        if (model.features() != features || known.outputs() != outputs) {
            throw JobException.data(
                    "The initial model at %s has %d features and %d outputs, and the training has %d and %d: name one of the same data, or none."
                            .formatted(path, model.features(), known.outputs(), features, outputs));
        }
        if (model.labels().size() != labels.size() || !model.labels().containsAll(labels)) {
            throw JobException.data(
                    "The initial model at %s has the labels %s, and the data have %s: name one of the same labels, or none."
                            .formatted(path, String.join(", ", model.labels()), String.join(", ", labels)));
        }
        return inOrder(known, model.labels(), labels);
    }

    private static Coefficients inOrder(Coefficients known, List<String> from, List<String> to) {
        int row = known.features() + 1;
        double[] values = new double[known.values().length];
        for (int k = 0; k < known.outputs(); k++) {
            boolean negated = known.outputs() == 1 && !from.equals(to);
            int source = known.outputs() == 1 ? 0 : from.indexOf(to.get(k));
            for (int j = 0; j < row; j++) {
                double value = known.values()[source * row + j];
                values[k * row + j] = negated ? -value : value;
            }
        }
        return new Coefficients(known.outputs(), known.features(), values);
    }
}
