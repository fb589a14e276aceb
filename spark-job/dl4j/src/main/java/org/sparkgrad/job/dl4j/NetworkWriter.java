package org.sparkgrad.job.dl4j;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.deeplearning4j.util.ModelSerializer;
import org.sparkgrad.job.model.Dl4jWriter;

/** What the command {@code export} finds where DL4J is on the class path. */
public final class NetworkWriter implements Dl4jWriter {
    @Override
    public void write(LogisticRegressionModel model, OutputStream out) throws IOException {
        ModelSerializer.writeModel(Dl4jModels.network(model), out, false);
    }
}
