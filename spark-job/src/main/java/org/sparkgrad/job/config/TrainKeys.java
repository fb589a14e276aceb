package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.ENGINE;
import static org.sparkgrad.job.config.KeyGroup.GENERAL;
import static org.sparkgrad.job.config.KeyGroup.MODEL;
import static org.sparkgrad.job.config.KeyGroup.OPTIMIZER;
import static org.sparkgrad.job.config.KeyGroup.OUTPUT;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.job.config.EngineSettings.Choice;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.ModelSettings.ClassWeight;
import org.sparkgrad.job.config.ModelSettings.Family;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;

/** The training keys. Parsing, options, defaults, help and {@code conf/training.conf} are derived from this table. */
public final class TrainKeys {
    static final Key<LossKind> LOSS = new Key<>(
            MODEL,
            "loss",
            ValueTypes.choice(LossKind.class),
            LossKind.AUTO,
            "The loss; auto is logistic for two classes and softmax for more, squared is for two classes.");
    static final Key<Family> FAMILY = new Key<>(
            MODEL,
            "family",
            ValueTypes.choice(Family.class),
            Family.AUTO,
            "The loss by MLlib's name for it: binomial is logistic, multinomial is softmax, also of two classes; auto is what"
                    + " loss says.");
    static final Key<Double> REG_PARAM = new Key<>(
            MODEL,
            "regParam",
            ValueTypes.atLeastZero(),
            0.0,
            "Lambda of the penalty on the coefficients without intercepts: lambda times (1 - alpha) / 2 times their squared"
                    + " norm, plus lambda times alpha times the sum of their magnitudes; alpha is elasticNetParam.");
    static final Key<Double> ELASTIC_NET_PARAM = new Key<>(
            MODEL,
            "elasticNetParam",
            ValueTypes.share(),
            0.0,
            "Alpha, the share of L1 in the penalty: 0 is L2 alone, 1 is L1 alone, which makes coefficients exactly 0;"
                    + " for lbfgs (as OWL-QN), gd and sgd.");
    static final Key<Boolean> FIT_INTERCEPT =
            new Key<>(MODEL, "fitIntercept", ValueTypes.flag(), true, "Whether the model has an intercept.");
    static final Key<Boolean> STANDARDIZATION = new Key<>(
            MODEL,
            "standardization",
            ValueTypes.flag(),
            true,
            "Whether the penalty is on the coefficients of features of unit deviation; the saved coefficients are in"
                    + " the original scale either way.");

    static final Key<ClassWeight> CLASS_WEIGHT = new Key<>(
            MODEL,
            "classWeight",
            ValueTypes.choice(ClassWeight.class),
            ClassWeight.NONE,
            "balanced multiplies the weight of each training row by rows / (classes * rows of its class), so that rare"
                    + " classes count as much as frequent ones; metrics are by the rows' own weights.");

    static final Key<Method> OPTIMIZER_METHOD = new Key<>(
            OPTIMIZER,
            "optimizer",
            ValueTypes.choice(Method.class),
            Method.AUTO,
            "The method: lbfgs and gd take the whole data in each step, all others mini-batches; auto is adam when a batch"
                    + " size is given, else the fewest passes to lbfgs's optimum: lbfgs with a preconditioner, or"
                    + " second derivatives.");
    static final Key<Double> LEARNING_RATE = new Key<>(
            OPTIMIZER,
            "learningRate",
            ValueTypes.aboveZero(),
            null,
            "The first learning rate of every method but lbfgs; when not given, 0.1 for gd, sgd and adagrad, 0.001"
                    + " for nadam, 0.01 for the others.");
    static final Key<Integer> BATCH_SIZE = new Key<>(
            OPTIMIZER,
            "batchSize",
            ValueTypes.whole(1),
            null,
            "Rows of one step of a mini-batch method, over all workers together; when not given, 256.");
    static final Key<Integer> EPOCHS =
            new Key<>(OPTIMIZER, "epochs", ValueTypes.whole(1), 10, "Passes of a mini-batch method over the data.");
    static final Key<Integer> MAX_ITER =
            new Key<>(OPTIMIZER, "maxIter", ValueTypes.whole(0), 100, "The most steps of auto, lbfgs or gd.");
    static final Key<Double> TOL = new Key<>(
            OPTIMIZER,
            "tol",
            ValueTypes.atLeastZero(),
            1e-6,
            "Relative improvement of the objective below which training has converged, once the gradient is small, too"
                    + " (certificate in summary.json); 0 is never.");
    static final Key<Double> MAX_SECONDS = new Key<>(
            OPTIMIZER,
            "maxSeconds",
            ValueTypes.aboveZero(),
            null,
            "Seconds of training after which it stops where it stands, the one stop that depends on the clock; when not"
                    + " given, never.");
    static final Key<Init> INIT = new Key<>(
            OPTIMIZER,
            "init",
            ValueTypes.choice(Init.class),
            Init.ZERO,
            "The initial coefficients: zero, or random between -0.01 and 0.01 by the seed, with intercepts 0.");
    static final Key<String> INITIAL_MODEL = new Key<>(
            OPTIMIZER,
            "initialModel",
            ValueTypes.text("PATH"),
            null,
            "The folder of a saved model of the same labels whose coefficients are the initial ones, OUTPUT/model of an"
                    + " earlier run say; features are found by their names, and one that the model does not have starts at 0;"
                    + " when not given, init says what they are.");
    static final Key<Double> VALIDATION_FRACTION = new Key<>(
            OPTIMIZER,
            "validationFraction",
            ValueTypes.part(),
            ValidationSettings.NONE.fraction(),
            "Share of the training rows that is held out, by the seed, and on which the trained model is measured.");
    static final Key<Integer> PATIENCE = new Key<>(
            OPTIMIZER,
            "patience",
            ValueTypes.whole(1),
            ValidationSettings.NONE.patience(),
            "Epochs, or steps of lbfgs and gd, in a row without a lower loss on the held-out rows after which training"
                    + " stops; the model is the one of the lowest; when not given, held-out rows decide nothing.");
    static final Key<Long> SEED = new Key<>(
            OPTIMIZER,
            "seed",
            ValueTypes.anyWhole(),
            42L,
            "Seed of the shuffle, the batches, the held-out rows and random initial coefficients: the same seed, data and"
                    + " configuration give the same model.");

    static final Key<Choice> ENGINE_CHOICE = new Key<>(
            ENGINE,
            "engine",
            ValueTypes.choice(Choice.class),
            Choice.AUTO,
            "What computes the gradients: opencl a GPU or another OpenCL device, cpu the processor, reference plain"
                    + " double loops; auto is opencl where every executor has a GPU, else cpu.");
    static final Key<Precision> PRECISION = new Key<>(
            ENGINE,
            "precision",
            ValueTypes.choice(Precision.class),
            Precision.FLOAT,
            "Number format inside an engine; sums over blocks and shards are in double either way.");
    static final Key<List<Integer>> DEVICES = new Key<>(
            ENGINE,
            "devices",
            ValueTypes.addresses(),
            List.of(),
            "Addresses of the OpenCL devices to use where Spark assigns none, as the devices command lists them; when"
                    + " not given, all of the best type.");
    static final Key<Double> DEVICE_MEMORY_FRACTION = new Key<>(
            ENGINE,
            "deviceMemoryFraction",
            ValueTypes.factor(),
            EngineSpec.DEVICE_MEMORY_FRACTION,
            "How much of an OpenCL device's memory to fill; rows beyond that are moved there in every step, which the log"
                    + " tells.");
    static final Key<OpenClRuntime> OPENCL_RUNTIME = new Key<>(
            ENGINE,
            "openclRuntime",
            ValueTypes.choice(OpenClRuntime.class),
            OpenClRuntime.DIRECT,
            "What runs the kernels on an OpenCL device: direct calls, or Aparapi's own runtime to compare with; both give the"
                    + " same bits.");
    static final Key<Integer> SHARDS = new Key<>(
            ENGINE,
            "shards",
            ValueTypes.powerOfTwo(),
            null,
            "Logical shards of the data, a power of two; the model depends on this number and not on the workers;"
                    + " when not given, chosen from the size of data and batch.");
    static final Key<ExchangeKind> EXCHANGE = new Key<>(
            ENGINE,
            "exchange",
            ValueTypes.choice(ExchangeKind.class),
            ExchangeKind.AUTO,
            "How steps reach the workers: stage is one Spark stage for the whole training, whose tasks ask the driver for"
                    + " steps, in a fraction of a millisecond each; job is a Spark job for each step; auto is stage. The"
                    + " model is the same.");

    static final Key<String> OUTPUT_FOLDER = new Key<>(
            OUTPUT,
            "output",
            ValueTypes.text("PATH"),
            null,
            "The folder that model and summary.json appear in once both are whole; required.");
    static final Key<Boolean> OVERWRITE = new Key<>(
            OUTPUT,
            "overwrite",
            ValueTypes.flag(),
            false,
            "Whether an existing output of an earlier run is replaced, once the new one is whole.");

    static final Key<Boolean> DRY_RUN = new Key<>(
            GENERAL,
            "dryRun",
            ValueTypes.flag(),
            false,
            "Read the data, say what they are, what would compute and what would be held in memory, and end there: nothing is"
                    + " trained or written, and no output is needed.");

    /** The configuration file. */
    public static final Key<String> CONFIG = new Key<>(
            GENERAL,
            "config",
            ValueTypes.text("FILE"),
            null,
            "A configuration file; options override its keys, and its keys override the defaults.");

    /** The keys of a configuration file. */
    public static final KeyTable FILE = DataKeys.TABLE.and(KeyTable.of(
            LOSS,
            FAMILY,
            REG_PARAM,
            ELASTIC_NET_PARAM,
            FIT_INTERCEPT,
            STANDARDIZATION,
            CLASS_WEIGHT,
            OPTIMIZER_METHOD,
            LEARNING_RATE,
            ScheduleKeys.KIND,
            ScheduleKeys.DECAY,
            ScheduleKeys.STEPS,
            ScheduleKeys.POWER,
            ScheduleKeys.WARMUP_STEPS,
            BATCH_SIZE,
            EPOCHS,
            MAX_ITER,
            TOL,
            MAX_SECONDS,
            INIT,
            INITIAL_MODEL,
            VALIDATION_FRACTION,
            PATIENCE,
            SEED,
            ENGINE_CHOICE,
            PRECISION,
            DEVICES,
            DEVICE_MEMORY_FRACTION,
            OPENCL_RUNTIME,
            SHARDS,
            EXCHANGE,
            OUTPUT_FOLDER,
            OVERWRITE,
            CheckpointKeys.STEPS,
            CheckpointKeys.SECONDS,
            CheckpointKeys.RESUME));

    /** The options of the train command. */
    public static final KeyTable COMMAND_LINE =
            FILE.and(KeyTable.of(CONFIG, DRY_RUN)).and(GeneralKeys.TABLE);

    private TrainKeys() {}
}
