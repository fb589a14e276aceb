package org.sparkgrad.job;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.stream.Stream;

/** The borders between the packages: a stage looks only at earlier ones. */
@AnalyzeClasses(packages = "org.sparkgrad.job", importOptions = ImportOption.DoNotIncludeTests.class)
final class BordersTest {
    private static final List<String> STAGES_IN_ORDER = List.of(
            "problem",
            "files",
            "spark",
            "config",
            "read",
            "assemble",
            "shard",
            "exchange",
            "optimize",
            "checkpoint",
            "model",
            "evaluate",
            "report",
            "registry");

    private static final String ROOT = "org.sparkgrad.job";
    private static final String ML = in("ml");
    private static final String CLI = in("cli");
    private static final String[] STAGES =
            STAGES_IN_ORDER.stream().map(BordersTest::in).toArray(String[]::new);

    private static final DescribedPredicate<JavaClass> SCALA = resideInAPackage("scala..");
    private static final DescribedPredicate<JavaClass> OURS_ALONE = not(describe(
            "extend a class of Spark, Scala or Breeze",
            type -> Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                    .anyMatch(resideInAnyPackage("org.apache.spark..", "scala..", "breeze.."))));

    @ArchTest
    static void aStageLooksOnlyAtEarlierOnes(JavaClasses classes) {
        for (int stage = 0; stage < STAGES.length - 1; stage++) {
            String[] later = List.of(STAGES).subList(stage + 1, STAGES.length).toArray(String[]::new);
            nobody(
                    resideInAPackage(STAGES[stage]),
                    resideInAnyPackage(later),
                    "that is the order of the flow",
                    classes);
        }
    }

    @ArchTest
    static void stagesKnowNeitherTheFlowNorItsEntries(JavaClasses classes) {
        nobody(
                resideInAnyPackage(STAGES),
                resideInAnyPackage(ROOT, ML, CLI),
                "they are what the flow is made of",
                classes);
    }

    @ArchTest
    static void theFlowDoesNotKnowItsEntries(JavaClasses classes) {
        nobody(resideInAPackage(ROOT), resideInAnyPackage(ML, CLI), "entries are thin over Trainer", classes);
    }

    @ArchTest
    static void entriesInProgramsDoNotKnowTheCommands(JavaClasses classes) {
        nobody(resideInAPackage(ML), resideInAPackage(CLI), "they work without a command line", classes);
    }

    @ArchTest
    static void nobodySeesNd4j(JavaClasses classes) {
        nobody(
                resideInAPackage(ROOT + ".."),
                resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..", in("dl4j")),
                "ND4J is in a jar of its own, which may be absent",
                classes);
    }

    @ArchTest
    static void nobodySeesKernels(JavaClasses classes) {
        nobody(
                resideInAPackage(ROOT + ".."),
                resideInAnyPackage("com.aparapi..", "org.sparkgrad.gpu.kernel.."),
                "kernels are behind GradientEngine",
                classes);
    }

    @ArchTest
    static void scalaStaysWhereSparksInterfaceForcesIt(JavaClasses classes) {
        noMethods()
                .that()
                .areNotPrivate()
                .and()
                .areDeclaredInClassesThat(OURS_ALONE)
                .should()
                .haveRawReturnType(SCALA)
                .orShould()
                .haveRawParameterTypes(anyElementThat(SCALA))
                .allowEmptyShould(true)
                .check(classes);
        noFields()
                .that()
                .areDeclaredInClassesThat(OURS_ALONE)
                .should()
                .haveRawType(SCALA)
                .allowEmptyShould(true)
                .check(classes);
    }

    private static String in(String name) {
        return "org.sparkgrad.job." + name + "..";
    }

    private static void nobody(
            DescribedPredicate<JavaClass> who, DescribedPredicate<JavaClass> whom, String reason, JavaClasses classes) {
        noClasses()
                .that(who)
                .should()
                .dependOnClassesThat(whom)
                .because(reason)
                .allowEmptyShould(true)
                .check(classes);
    }
}
