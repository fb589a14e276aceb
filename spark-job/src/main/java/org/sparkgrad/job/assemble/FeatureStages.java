package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.FeatureHasher;
import org.apache.spark.ml.feature.OneHotEncoderModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.util.Identifiable;
import org.sparkgrad.job.read.ColumnReferences;

/**
 * Creates the stock Spark stages that compute the vectors of {@link ColumnFeatures}.
 *
 * <p>Spark's stages cannot refer to columns with a dot or a backtick in their name. Such columns are copied first, and
 * so are number columns whose missing cells are replaced, and the elements of arrays.
 */
final class FeatureStages {
    private final ColumnReferences columns;
    private final List<String> names;
    private final List<String> copies = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String[]> levels = new ArrayList<>();
    private final List<String> oneHots = new ArrayList<>();
    private final List<Transformer> hashers = new ArrayList<>();
    private final List<String> inputs = new ArrayList<>();

    private FeatureStages(ColumnReferences columns, List<String> names) {
        this.columns = columns;
        this.names = names;
    }

    /**
     * Returns the stages.
     *
     * @param names the feature columns, in their order
     * @param output the column of vectors
     */
    static List<Transformer> of(ColumnReferences columns, List<String> names, ColumnFeatures features, String output) {
        FeatureStages stages = new FeatureStages(columns, names);
        features.parts().forEach(stages::add);
        return stages.list(features.dropsMissing(), output);
    }

    /** Returns the name that the stages use for a feature column whose cells they read unchanged. */
    static String name(ColumnReferences columns, List<String> names, String name) {
        boolean plain = name.indexOf('.') < 0 && name.indexOf('`') < 0;
        return plain ? name : copyName(columns, names, name);
    }

    private static String copyName(ColumnReferences columns, List<String> names, String name) {
        return columns.free("feature_" + names.indexOf(name));
    }

    private void add(FeatureColumn part) {
        if (part instanceof NumberColumn number) {
            inputs.add(number.substitute() == null ? named(number.name()) : filled(number.name(), number.substitute()));
        } else if (part instanceof ArrayColumn array) {
            for (int element = 0; element < array.width(); element++) {
                String copy = columns.free("feature_" + names.indexOf(array.name()) + "_" + element);
                copies.add("%s[%d] AS %s".formatted(ColumnReferences.quoted(array.name()), element, copy));
                inputs.add(copy);
            }
        } else if (part instanceof LevelColumn text) {
            String name = text.columns().get(0);
            texts.add(named(name));
            levels.add(text.levels().toArray(String[]::new));
            oneHots.add(columns.free("oneHot_" + names.indexOf(name)));
            inputs.add(oneHots.get(oneHots.size() - 1));
        } else if (part instanceof HashedColumns hashed) {
            String output = columns.free("hashed");
            hashers.add(new FeatureHasher()
                    .setInputCols(hashed.columns().stream().map(this::named).toArray(String[]::new))
                    .setCategoricalCols(hashed.names().toArray(String[]::new))
                    .setNumFeatures(hashed.width())
                    .setOutputCol(output));
            inputs.add(output);
        }
    }

    private String named(String name) {
        String stageName = name(columns, names, name);
        if (!stageName.equals(name)) {
            copies.add(ColumnReferences.quoted(name) + " AS " + stageName);
        }
        return stageName;
    }

    private String filled(String name, double substitute) {
        String copy = copyName(columns, names, name);
        copies.add("coalesce(nanvl(CAST(%s AS DOUBLE), %sD), %sD) AS %s"
                .formatted(ColumnReferences.quoted(name), substitute, substitute, copy));
        return copy;
    }

    private List<Transformer> list(boolean dropsMissing, String output) {
        List<Transformer> stages = new ArrayList<>();
        if (!copies.isEmpty()) {
            stages.add(new SQLTransformer().setStatement("SELECT *, " + String.join(", ", copies) + " FROM __THIS__"));
        }
        if (!texts.isEmpty()) {
            oneHot(stages);
        }
        stages.addAll(hashers);
        stages.add(new VectorAssembler()
                .setInputCols(inputs.toArray(String[]::new))
                .setHandleInvalid(dropsMissing ? "skip" : "error")
                .setOutputCol(output));
        return stages;
    }

    /**
     * Adds the one-hot stages. An unknown or missing text gets the index after the last level, and the encoder drops
     * the last index.
     */
    private void oneHot(List<Transformer> stages) {
        String[] indices =
                oneHots.stream().map(name -> columns.free("level_" + name)).toArray(String[]::new);
        stages.add(new StringIndexerModel(Identifiable.randomUID("levels"), levels.toArray(String[][]::new))
                .setInputCols(texts.toArray(String[]::new))
                .setOutputCols(indices)
                .setHandleInvalid("keep"));
        int[] sizes = levels.stream().mapToInt(known -> known.length + 1).toArray();
        stages.add(new OneHotEncoderModel(Identifiable.randomUID("oneHot"), sizes)
                .setInputCols(indices)
                .setOutputCols(oneHots.toArray(String[]::new))
                .setDropLast(true));
    }
}
