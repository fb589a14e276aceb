package org.sparkgrad.job.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** 150 flowers of three kinds with four measures each, like Fisher's irises, in data sets of ten of a kind. */
final class Flowers {
    static final int FEATURES = 4;
    private static final int KINDS = 3;
    private static final int ROWS = 10;
    private static final double[][] MEANS = {{5, 3.4, 1.5, 0.2}, {5.9, 2.8, 4.3, 1.3}, {6.6, 3, 5.6, 2}};

    private Flowers() {}

    /** Returns the flowers, their kind as one of three, or as the last one or not where there is one output. */
    static List<DataSet> dataSets(int outputs) {
        SplittableRandom random = new SplittableRandom(4);
        List<DataSet> sets = new ArrayList<>();
        for (int i = 0; i < 150 / ROWS; i++) {
            int kind = i % KINDS;
            double[][] features = new double[ROWS][FEATURES];
            double[][] labels = new double[ROWS][outputs];
            for (int row = 0; row < ROWS; row++) {
                for (int j = 0; j < FEATURES; j++) {
                    features[row][j] = MEANS[kind][j] + 0.4 * random.nextGaussian();
                }
                labels[row][outputs == 1 ? 0 : kind] = outputs > 1 || kind == 2 ? 1 : 0;
            }
            sets.add(new DataSet(Nd4j.createFromArray(features), Nd4j.createFromArray(labels)));
        }
        return sets;
    }
}
