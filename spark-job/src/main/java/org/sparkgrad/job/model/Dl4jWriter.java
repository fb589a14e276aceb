package org.sparkgrad.job.model;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.spark.ml.classification.LogisticRegressionModel;

/** Writes models as DL4J's networks. The jar with DL4J has one, which {@link java.util.ServiceLoader} finds. */
public interface Dl4jWriter {
    /** Writes a model as DL4J's zip file to a stream, which stays open. */
    void write(LogisticRegressionModel model, OutputStream out) throws IOException;
}
