package org.sparkgrad.job.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Metrics;

/**
 * The result of a training run, as in {@code summary.json}; the components have the names and the order of the file's
 * fields.
 *
 * @param status the final status
 * @param convergenceReason the reason why training stopped
 * @param certificate the gradient's norm at the returned coefficients, divided by the norm at coefficients of 0
 * @param separable true if the model predicts all training rows correctly and there is no penalty, so that no optimum
 *     exists; else null
 * @param objective loss plus penalty over the training data at the returned coefficients
 * @param loss the objective without the penalty
 * @param objectiveHistory the objective at the initial coefficients, then after each step, or after each epoch for
 *     mini-batches
 * @param steps the number of updates of the coefficients
 * @param epochs the number of passes of a mini-batch method; null for a full-batch method
 * @param evaluations the number of gradient passes
 * @param passes the number of passes over the data of any kind
 * @param optimizer the method, and the reason for its choice
 * @param engine the engine that has computed
 * @param data the data that were read
 * @param metrics the quality of the predictions
 * @param seconds the seconds of each stage
 * @param coefficientsSha256 the hash of the original-scale coefficients as big-endian doubles, K rows of F + 1
 * @param config every key with the value used
 * @param versions the versions of sparkgrad and its platform
 * @param seed the seed of shuffle and batches
 * @param shards S
 */
public record TrainingSummary(
        Status status,
        String convergenceReason,
        double certificate,
        @Nullable Boolean separable,
        double objective,
        double loss,
        List<Double> objectiveHistory,
        int steps,
        @Nullable Integer epochs,
        int evaluations,
        int passes,
        Method optimizer,
        Engine engine,
        Data data,
        MetricsBySet metrics,
        Seconds seconds,
        String coefficientsSha256,
        Map<String, Object> config,
        Map<String, String> versions,
        long seed,
        int shards) {
    /** The final status of a run. */
    public enum Status {
        /** The model is saved. */
        SUCCEEDED,
        /** Coefficients or objective became infinite or NaN. */
        DIVERGED,
        /** A signal has stopped the run. */
        INTERRUPTED,
        /** An error has ended the run; there is no model. */
        FAILED;

        /** Returns the name in the file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The method that changed the coefficients.
     *
     * @param name the method
     * @param reason the reason for its choice
     */
    public record Method(String name, String reason) {}

    /**
     * The engine that computed the gradients.
     *
     * @param name the engine
     * @param device the name of the device or processor
     * @param reason the reason for its choice
     * @param precision its number format inside a block
     * @param instructionSet the instruction set of its arithmetic
     * @param workers each worker's engine
     */
    public record Engine(
            String name, String device, String reason, String precision, String instructionSet, List<Worker> workers) {}

    /**
     * One worker's engine.
     *
     * @param executor Spark's name of the executor
     * @param address the device's address; null for an engine without devices
     * @param device the name of the device or processor
     * @param launches the number of kernel launches, or of calls that summed rows
     */
    public record Worker(String executor, @Nullable Integer address, String device, long launches) {}

    /**
     * The training data.
     *
     * @param rows N
     * @param features F
     * @param classes the number of labels
     * @param labels the original label of each class index
     * @param nonzeros the number of features of all rows that are not zero; null if they were not counted
     * @param missing the number of missing cells in the feature columns of the files; null if they were not counted
     * @param dropped the number of rows of the files that are dropped because a number is missing; null if they were
     *     not counted
     * @param read the content of the files
     */
    public record Data(
            long rows,
            int features,
            int classes,
            List<String> labels,
            @Nullable Long nonzeros,
            @Nullable Long missing,
            @Nullable Long dropped,
            Read read) {}

    /**
     * The content of the files, before any row is dropped or held out.
     *
     * @param files the number of files
     * @param lines the number of lines; null for files that are not text
     * @param records the number of records
     * @param missingTexts the number of cells taken as missing, by column and text; null if there are none
     * @param notes notes about data that were not read as they are written; null if there are none
     */
    public record Read(
            int files,
            @Nullable Long lines,
            long records,
            @Nullable Map<String, Map<String, Long>> missingTexts,
            @Nullable List<String> notes) {}

    /**
     * The quality of the predictions on each set of rows.
     *
     * @param train the training rows
     * @param validation the held-out rows of the training files; null if there are none
     * @param test the rows of the test files; null if there are none
     */
    public record MetricsBySet(
            @Nullable Metrics train,
            @Nullable Metrics validation,
            @Nullable Metrics test) {}

    /**
     * The seconds of each stage.
     *
     * @param total the seconds of the whole run
     * @param start starting Spark
     * @param read reading the files and assembling instances
     * @param shard shuffling instances into shards
     * @param train the optimiser's steps
     * @param evaluate measuring the model
     * @param save writing the output
     */
    public record Seconds(
            double total, double start, double read, double shard, double train, double evaluate, double save) {}
}
