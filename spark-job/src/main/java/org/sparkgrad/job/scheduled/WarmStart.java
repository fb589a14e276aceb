package org.sparkgrad.job.scheduled;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.ScheduledConfiguration;
import org.sparkgrad.job.config.TrainSettings;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.registry.Promotion;
import org.sparkgrad.job.registry.RegisteredModel;
import org.sparkgrad.job.train.Losses;

/** Chooses the start of a training. */
final class WarmStart {
    private WarmStart() {}

    /** Returns the promoted model if it has the labels, the outputs and any feature of the new data; else null. */
    static @Nullable String from(
            SparkSession session,
            ScheduledConfiguration configuration,
            TrainSettings settings,
            RegisteredModel model,
            TableProfile now,
            @Nullable TableProfile before) {
        Promotion promoted = model.promoted().orElse(null);
        if (!configuration.registry().warmStart() || promoted == null || before == null || !now.mayStartFrom(before)) {
            return null;
        }
        String path = new Path(model.folder(promoted.version()), "model").toString();
        int outputs = Losses.of(settings.model().loss(), now.labels().size()).outputs();
        return SavedModel.load(session, path).coefficients().outputs() == outputs ? path : null;
    }
}
