package org.sparkgrad.job;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatches;
import org.sparkgrad.job.shard.Shards;

/** Seeded instances whose classes overlap. */
public final class TestData {
    private TestData() {}

    /**
     * Returns N instances with F features of different scales, K classes, and weights 0.5, 1, 1.5 (one in 17 has 0).
     */
    public static List<Instance> instances(int rows, int features, int classes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            double[] x = new double[features];
            double score = random.nextGaussian();
            for (int j = 0; j < features; j++) {
                double unit = random.nextGaussian();
                score += unit * ((j % 5) - 2);
                x[j] = random.nextInt(4) == 0 ? 0 : unit * Math.pow(10, j % 4 - 2) + j;
            }
            int label = Math.max(0, Math.min(classes - 1, (int) Math.floor((score / 4 + 0.5) * classes)));
            double weight = i % 17 == 3 ? 0 : 0.5 * (1 + random.nextInt(3));
            Vector vector = Vectors.dense(x).compressed();
            instances.add(new Instance(i, label, weight, vector));
        }
        return instances;
    }

    /** Returns instances in S shards. */
    public static Shards shards(JavaRDD<Instance> instances, int features, int count, long seed) {
        return Shards.shuffle(instances.mapPartitions(RowBatches::of), features, count, seed);
    }
}
