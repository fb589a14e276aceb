package org.sparkgrad.job.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.EngineSettings.Choice;
import org.sparkgrad.job.config.ModelSettings.Family;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings.Kind;

/** Checks keys against each other: finds missing keys, contradictions, and keys without effect. */
final class TrainChecks {
    private final ParsedValues values;
    private final Problems problems;

    TrainChecks(ParsedValues values, Problems problems) {
        this.values = values;
        this.problems = problems;
    }

    void check() {
        checkPaths();
        checkFormat();
        checkColumns();
        checkOptimizer();
        checkSchedule();
        checkFamily();
        checkPenalty();
        checkStart();
        checkValidation();
        checkEngine();
    }

    private void checkPaths() {
        List<String> data = values.get(DataKeys.DATA_FILES);
        if (data.isEmpty()) {
            missing(DataKeys.DATA_FILES, "name the files to train on");
        }
        String output = values.find(TrainKeys.OUTPUT_FOLDER);
        if (output == null && values.get(TrainKeys.DRY_RUN)) {
            return;
        }
        if (output == null) {
            missing(TrainKeys.OUTPUT_FOLDER, "name the folder for the result");
        } else if (data.stream().anyMatch(file -> within(file, output))) {
            refuse(TrainKeys.OUTPUT_FOLDER, "holds the training data, which would be replaced");
        }
    }

    private void missing(Key<?> key, String remedy) {
        problems.add("%s: missing; %s, by option or in a file given with %s"
                .formatted(key.option(), remedy, TrainKeys.CONFIG.option()));
    }

    private static boolean within(String file, String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return (file + "/").startsWith(prefix);
    }

    private void checkFormat() {
        Format format = InputFormat.of(values);
        if (format == Format.IDX) {
            sameCount(DataKeys.DATA_FILES, DataKeys.LABELS);
            sameCount(DataKeys.TEST_DATA, DataKeys.TEST_LABELS);
        } else {
            onlyWithFormat("idx", format, DataKeys.LABELS, DataKeys.TEST_LABELS, DataKeys.RAW_BYTES);
        }
        if (format != Format.LIBSVM) {
            onlyWithFormat("libsvm", format, DataKeys.INDEX_BASE);
        }
        if (format != Format.CSV) {
            onlyWithFormat("csv", format, DataKeys.DELIMITER);
        }
        if (format != Format.CSV && format != Format.TSV) {
            onlyWithFormat("csv or tsv", format, DataKeys.HEADER);
        }
        if (format == Format.IDX || format == Format.LIBSVM) {
            String reason = ValueTypes.written(format) + " data have no columns to choose from";
            refuseIfChanged(DataKeys.FEATURES, reason);
            refuseIfChanged(DataKeys.IGNORE_COLUMNS, reason);
            refuseIfChanged(DataKeys.WEIGHT, reason);
            refuseIfChanged(DataKeys.TEXT_COLUMNS, reason);
            refuseIfChanged(DataKeys.HASH_FEATURES, reason);
            refuseIfChanged(DataKeys.MISSING, reason);
        }
    }

    private void sameCount(Key<List<String>> files, Key<List<String>> labels) {
        int fileCount = values.get(files).size();
        int labelCount = values.get(labels).size();
        if (fileCount != labelCount) {
            problems.add("%s: idx data need a label file for each data file, and there are %d for %d of %s (%s)"
                    .formatted(
                            values.origin(labels).nameOf(labels),
                            labelCount,
                            fileCount,
                            values.origin(files).nameOf(files),
                            values.origin(labelCount == 0 ? files : labels).where()));
        }
    }

    private void onlyWithFormat(String needed, Format format, Key<?>... keys) {
        for (Key<?> key : keys) {
            refuseIfChanged(
                    key, "is for format %s, and the format is %s".formatted(needed, ValueTypes.written(format)));
        }
    }

    private void checkColumns() {
        String label = values.find(DataKeys.LABEL);
        String weight = values.find(DataKeys.WEIGHT);
        List<String> features = values.get(DataKeys.FEATURES);
        Set<String> others = new HashSet<>(values.get(DataKeys.IGNORE_COLUMNS));
        if (label != null) {
            if (label.equals(weight)) {
                refuse(DataKeys.WEIGHT, "is the label column too");
            }
            others.add(label);
        }
        if (weight != null) {
            others.add(weight);
        }
        features.stream()
                .filter(others::contains)
                .forEach(column -> refuse(
                        DataKeys.FEATURES, "column %s is also the label, the weight or ignored".formatted(column)));
    }

    private void checkOptimizer() {
        boolean auto = values.get(TrainKeys.OPTIMIZER_METHOD) == Method.AUTO;
        Method method = method();
        if (method == Method.LBFGS) {
            String reason = "lbfgs has no learning rate%s; choose gd, sgd or adam"
                    .formatted(auto ? ", and auto is lbfgs when there is no batchSize" : "");
            refuseIfChanged(TrainKeys.LEARNING_RATE, reason);
            refuseIfChanged(ScheduleKeys.KIND, reason);
        }
        if (!method.isMiniBatch()) {
            refuseIfChanged(
                    TrainKeys.BATCH_SIZE,
                    "%s takes the whole data in each step; leave batchSize out, or choose sgd or adam"
                            .formatted(ValueTypes.written(method)));
        }
    }

    private void checkValidation() {
        if (values.get(TrainKeys.VALIDATION_FRACTION) == 0) {
            refuseIfChanged(TrainKeys.PATIENCE, "is for held-out rows, and validationFraction is 0");
        }
    }

    private void checkStart() {
        if (values.find(TrainKeys.INITIAL_MODEL) != null) {
            refuseIfChanged(TrainKeys.INIT, "says where to start, and so does initialModel: leave one out");
        }
    }

    private void checkSchedule() {
        onlyWithSchedule(ScheduleKeys.DECAY, Kind.STEP, Kind.EXPONENTIAL);
        onlyWithSchedule(ScheduleKeys.STEPS, Kind.STEP, Kind.EXPONENTIAL, Kind.INVERSE);
        onlyWithSchedule(ScheduleKeys.POWER, Kind.INVERSE, Kind.POLYNOMIAL);
        onlyWithSchedule(ScheduleKeys.WARMUP_STEPS, Kind.COSINE);
    }

    private void onlyWithSchedule(Key<?> key, Kind... kinds) {
        Kind kind = values.get(ScheduleKeys.KIND);
        if (!List.of(kinds).contains(kind)) {
            String needed = Arrays.stream(kinds).map(ValueTypes::written).collect(Collectors.joining(" or "));
            refuseIfChanged(
                    key, "is for schedule %s, and the schedule is %s".formatted(needed, ValueTypes.written(kind)));
        }
    }

    private void checkFamily() {
        LossKind loss = values.get(TrainKeys.LOSS);
        Family family = values.get(TrainKeys.FAMILY);
        boolean agree = family == Family.BINOMIAL ? loss != LossKind.SOFTMAX : loss == family.loss();
        if (loss != LossKind.AUTO && family != Family.AUTO && !agree) {
            refuse(TrainKeys.FAMILY, "contradicts loss %s: leave one out".formatted(ValueTypes.written(loss)));
        }
    }

    private void checkPenalty() {
        if (values.get(TrainKeys.ELASTIC_NET_PARAM) == 0) {
            return;
        }
        Method method = method();
        if (!method.takesL1()) {
            boolean auto = values.get(TrainKeys.OPTIMIZER_METHOD) == Method.AUTO;
            refuse(
                    TrainKeys.ELASTIC_NET_PARAM,
                    "%s takes no L1%s; choose lbfgs, gd or sgd"
                            .formatted(
                                    ValueTypes.written(method),
                                    auto
                                            ? ", and auto is %s when there is a batchSize"
                                                    .formatted(ValueTypes.written(method))
                                            : ""));
        }
        if (values.get(TrainKeys.REG_PARAM) == 0) {
            refuse(TrainKeys.ELASTIC_NET_PARAM, "is a share of the penalty, and regParam is 0");
        }
    }

    private Method method() {
        return values.get(TrainKeys.OPTIMIZER_METHOD).resolved(values.find(TrainKeys.BATCH_SIZE) != null);
    }

    private void checkEngine() {
        Choice engine = values.get(TrainKeys.ENGINE_CHOICE);
        if (engine == Choice.CPU || engine == Choice.REFERENCE) {
            String problem = "is for OpenCL, and the engine is %s".formatted(ValueTypes.written(engine));
            refuseIfChanged(TrainKeys.DEVICES, problem);
            refuseIfChanged(TrainKeys.DEVICE_MEMORY_FRACTION, problem);
            refuseIfChanged(TrainKeys.OPENCL_RUNTIME, problem);
        }
    }

    private void refuseIfChanged(Key<?> key, String problem) {
        if (values.changed(key)) {
            refuse(key, problem);
        }
    }

    private void refuse(Key<?> key, String problem) {
        Object value = values.find(key);
        List<String> texts = value == null ? List.of() : List.of(ValueTypes.written(value));
        problems.add(key, texts, values.origin(key), problem);
    }
}
