package org.sparkgrad.job.spark.version;

import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.json4s.JsonAST;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;

/** What Spark writes as a stage's metadata, one line of JSON. Its JSON library differs between Sparks. */
public final class StockMetadata {
    private StockMetadata() {}

    /** Returns the name of the file with the metadata: Spark writes it as an RDD. */
    public static String fileName() {
        return "part-00000";
    }

    /** Returns the metadata of a stage that is no pipeline. */
    public static String of(Params stage, SparkContext spark) {
        return DefaultParamsWriter.getMetadataToSave(stage, spark, Option.empty(), Option.empty());
    }

    /** Returns the metadata of a pipeline whose stages have these uids. */
    public static String of(PipelineModel pipeline, List<String> uids, SparkContext spark) {
        List<JsonAST.JValue> names = uids.stream()
                .map(uid -> (JsonAST.JValue) new JsonAST.JString(uid))
                .toList();
        JsonAST.JValue ordered =
                new JsonAST.JArray(JavaConverters.asScalaBuffer(names).toList());
        var params = List.of(new Tuple2<>("stageUids", ordered));
        return DefaultParamsWriter.getMetadataToSave(
                pipeline,
                spark,
                Option.empty(),
                Option.apply(
                        new JsonAST.JObject(JavaConverters.asScalaBuffer(params).toList())));
    }
}
