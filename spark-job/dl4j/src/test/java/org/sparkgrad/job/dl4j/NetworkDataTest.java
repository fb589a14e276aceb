package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** What networks are trained on, and who hears of it. */
class NetworkDataTest extends FlowerNetworks {
    @TempDir
    private Path folder;

    @Test
    void filesAndLabeledPointsAreDataToo() {
        SparkgradTrainingMaster master = master().build();
        double[] expected = fitted(network(new Adam(0.05)), layer(3).build(), master)
                .getNetwork()
                .params()
                .toDoubleVector();
        List<DataSet> sets = Flowers.dataSets(3);
        for (int i = 0; i < sets.size(); i++) {
            sets.get(i).save(new File(folder.toFile(), "set" + i + ".bin"));
        }
        SparkDl4jMultiLayer byFiles = new SparkDl4jMultiLayer(
                context, network(new Adam(0.05)).list().layer(layer(3).build()).build(), master);
        byFiles.fit(folder.toUri().toString());
        assertArrayEquals(expected, byFiles.getNetwork().params().toDoubleVector());
        SparkDl4jMultiLayer byPoints = new SparkDl4jMultiLayer(
                context, network(new Adam(0.05)).list().layer(layer(3).build()).build(), master);
        JavaRDD<LabeledPoint> points = dataset(3)
                .toJavaRDD()
                .map(row -> new LabeledPoint(
                        row.getDouble(0), Vectors.fromML(row.<org.apache.spark.ml.linalg.Vector>getAs(1))));
        byPoints.fitLabeledPoint(points);
        assertEquals(expected.length, byPoints.getNetwork().params().length());
    }

    @Test
    void listenersHearOfEachFit() {
        List<Integer> iterations = new ArrayList<>();
        BaseTrainingListener listener = new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                iterations.add(iteration);
            }
        };
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(
                context, network(new Sgd(0.1)).list().layer(layer(3).build()).build(), master().build());
        network.setListeners(List.of(listener));
        network.fit(dataSets(3));
        double score = network.getScore();
        network.fit(dataSets(3));
        assertTrue(network.getScore() < score);
        assertEquals(List.of(4 * SLOTS, 8 * SLOTS), iterations);
    }

    @Test
    void dataOfAnotherShapeAreRefused() {
        SparkDl4jMultiLayer network = new SparkDl4jMultiLayer(
                context, network(new Sgd(0.1)).list().layer(layer(3).build()).build(), master().build());
        List<DataSet> soft = new ArrayList<>(Flowers.dataSets(3));
        soft.get(0).getLabels().putScalar(0, 0, 0.5);
        assertTrue(message(() -> network.fit(context.parallelize(soft))).contains("label 0.5"));
        assertTrue(message(() -> network.fit(dataSets(1))).contains("network takes rows of 3"));
        List<DataSet> one = Flowers.dataSets(3).subList(0, 1);
        assertTrue(message(() -> network.fit(context.parallelize(one))).contains("one class"));
    }

    private static String message(Runnable training) {
        return assertThrows(Exception.class, training::run).toString();
    }
}
