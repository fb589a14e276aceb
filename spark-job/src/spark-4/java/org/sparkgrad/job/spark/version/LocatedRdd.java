package org.sparkgrad.job.spark.version;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/** An RDD of elements with preferred hosts, a partition for each element. */
public final class LocatedRdd {
    private LocatedRdd() {}

    /**
     * Returns the RDD.
     *
     * @param elements the elements
     * @param hosts the preferred hosts of each element
     * @param type the class of the elements
     */
    public static <T> RDD<T> of(SparkContext spark, List<T> elements, List<List<String>> hosts, Class<?> type) {
        List<Tuple2<T, Seq<String>>> located = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            located.add(new Tuple2<>(
                    elements.get(i), JavaConverters.asScalaBuffer(hosts.get(i)).toList()));
        }
        return spark.makeRDD(JavaConverters.asScalaBuffer(located).toList(), ClassTag$.MODULE$.<T>apply(type));
    }
}
