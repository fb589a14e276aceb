package org.sparkgrad.job.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.evaluate.Metrics;

/**
 * What a training run did, as {@code summary.json} tells it; names and order of the components are the file's.
 *
 * @param status how it ended
 * @param convergenceReason why it stopped
 * @param certificate the gradient's norm at the coefficients returned, over that at coefficients of 0
 * @param separable true where the model predicts all training rows right and there is no penalty: then there is no
 *     optimum; null elsewhere
 * @param objective loss plus penalty over the training data at the coefficients returned
 * @param loss the same without the penalty
 * @param objectiveHistory first at the initial coefficients, then by step, or by epoch for mini-batches
 * @param steps updates of the coefficients
 * @param epochs passes of a mini-batch method; null for a full-batch one
 * @param evaluations gradient passes
 * @param passes passes over the data of any kind
 * @param optimizer the method, and why it
 * @param engine what computed
 * @param data what was read
 * @param metrics how well the model predicts
 * @param seconds where the time went
 * @param coefficientsSha256 of the original-scale coefficients as big-endian doubles, K rows of F + 1
 * @param config every key as used
 * @param versions of sparkgrad and what it ran on
 * @param seed of shuffle and batches
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
    /** How a run ended. */
    public enum Status {
        /** The model is saved. */
        SUCCEEDED,
        /** Coefficients or objective left the finite numbers. */
        DIVERGED,
        /** Stopped from outside. */
        INTERRUPTED,
        /** An error; no model. */
        FAILED;

        /** Returns the name in the file. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What changed the coefficients.
     *
     * @param name the method
     * @param reason why it was taken
     */
    public record Method(String name, String reason) {}

    /**
     * What computed the gradients.
     *
     * @param name the engine
     * @param device the device's or processor's name
     * @param reason why this engine was taken
     * @param precision its number format inside a block
     * @param instructionSet what its arithmetic is compiled for
     * @param workers each worker's engine
     */
    public record Engine(
            String name, String device, String reason, String precision, String instructionSet, List<Worker> workers) {}

    /**
     * One worker's engine.
     *
     * @param executor Spark's name of the executor
     * @param address the device's address; null for an engine without devices
     * @param device the device's or processor's name
     * @param launches kernel launches, or calls that summed rows
     */
    public record Worker(String executor, @Nullable Integer address, String device, long launches) {}

    /**
     * What was trained on.
     *
     * @param rows N
     * @param features F
     * @param classes how many labels there are
     * @param labels the original label of each class index
     * @param nonzeros features of all rows that are not zero; null where they were not counted
     * @param missing cells missing in the feature columns of the files; null where they were not counted
     * @param dropped rows of the files left out for a missing number; null where they were not counted
     * @param read what was in the files
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
     * What was in the files, before any row was left out or held out.
     *
     * @param files how many
     * @param lines their lines; null for files that are no text
     * @param records their records
     * @param missingTexts cells taken as missing, by column and text; null if there are none
     * @param notes what was not read as it is written; null if nothing
     */
    public record Read(
            int files,
            @Nullable Long lines,
            long records,
            @Nullable Map<String, Map<String, Long>> missingTexts,
            @Nullable List<String> notes) {}

    /**
     * How well the model predicts each set of rows.
     *
     * @param train the training rows
     * @param validation rows of the training files that were held out; null when there are none
     * @param test the held-out files; null when there are none
     */
    public record MetricsBySet(
            @Nullable Metrics train,
            @Nullable Metrics validation,
            @Nullable Metrics test) {}

    /**
     * Where the time went, in seconds.
     *
     * @param total all of it
     * @param start starting Spark
     * @param read reading the files and assembling instances
     * @param shard shuffling them into shards
     * @param train the optimiser's steps
     * @param evaluate measuring the model
     * @param save writing the output
     */
    public record Seconds(
            double total, double start, double read, double shard, double train, double evaluate, double save) {}
}
