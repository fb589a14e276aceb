package org.sparkgrad.job.spark.version;

import java.util.List;
import java.util.UUID;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.json4s.JArray;
import org.json4s.JObject;
import org.json4s.JString;
import org.json4s.JValue;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** What Spark writes as a stage's metadata, one line of JSON. Its JSON library differs between Sparks. */
public final class StockMetadata {
    private StockMetadata() {}

    /** Returns the name of the file with the metadata: Spark writes it as a table of text. */
    public static String fileName() {
        return "part-00000-" + UUID.randomUUID() + "-c000.txt";
    }

    /** Returns the metadata of a stage that is no pipeline. */
    public static String of(Params stage, SparkContext spark) {
        return DefaultParamsWriter.getMetadataToSave(stage, spark, Option.empty(), Option.empty());
    }

    /** Returns the metadata of a pipeline whose stages have these uids. */
    public static String of(PipelineModel pipeline, List<String> uids, SparkContext spark) {
        List<JValue> names = uids.stream().map(uid -> (JValue) new JString(uid)).toList();
        JValue ordered = new JArray(JavaConverters.asScalaBuffer(names).toList());
        var params = List.of(new Tuple2<>("stageUids", ordered));
        return DefaultParamsWriter.getMetadataToSave(
                pipeline,
                spark,
                Option.empty(),
                Option.apply(new JObject(JavaConverters.asScalaBuffer(params).toList())));
    }
}
