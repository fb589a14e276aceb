from typing import List, Optional

from pyspark.ml.classification import LogisticRegression, LogisticRegressionModel
from pyspark.ml.linalg import Matrix, Vector
from pyspark.ml.param import Param
from pyspark.ml.util import JavaMLReader

JAVA_CLASS: str

class GpuLogisticRegression(LogisticRegression):
    engine: Param[str]
    precision: Param[str]
    optimizer: Param[str]
    learningRate: Param[float]
    schedule: Param[str]
    scheduleDecay: Param[float]
    scheduleSteps: Param[int]
    schedulePower: Param[float]
    warmupSteps: Param[int]
    batchSize: Param[int]
    epochs: Param[int]
    seed: Param[int]
    shards: Param[int]
    validationIndicatorCol: Param[str]
    exchange: Param[str]
    checkpointDir: Param[str]
    patience: Param[int]
    def __init__(
        self,
        *,
        featuresCol: str = ...,
        labelCol: str = ...,
        predictionCol: str = ...,
        maxIter: int = ...,
        regParam: float = ...,
        elasticNetParam: float = ...,
        tol: float = ...,
        fitIntercept: bool = ...,
        threshold: float = ...,
        thresholds: Optional[List[float]] = ...,
        probabilityCol: str = ...,
        rawPredictionCol: str = ...,
        standardization: bool = ...,
        weightCol: Optional[str] = ...,
        aggregationDepth: int = ...,
        family: str = ...,
        lowerBoundsOnCoefficients: Optional[Matrix] = ...,
        upperBoundsOnCoefficients: Optional[Matrix] = ...,
        lowerBoundsOnIntercepts: Optional[Vector] = ...,
        upperBoundsOnIntercepts: Optional[Vector] = ...,
        maxBlockSizeInMB: float = ...,
        engine: str = ...,
        precision: str = ...,
        optimizer: str = ...,
        learningRate: float = ...,
        schedule: str = ...,
        scheduleDecay: float = ...,
        scheduleSteps: int = ...,
        schedulePower: float = ...,
        warmupSteps: int = ...,
        batchSize: int = ...,
        epochs: int = ...,
        seed: int = ...,
        shards: int = ...,
        validationIndicatorCol: str = ...,
        exchange: str = ...,
        checkpointDir: str = ...,
        patience: int = ...,
    ) -> None: ...
    def setParams(
        self,
        *,
        featuresCol: str = ...,
        labelCol: str = ...,
        predictionCol: str = ...,
        maxIter: int = ...,
        regParam: float = ...,
        elasticNetParam: float = ...,
        tol: float = ...,
        fitIntercept: bool = ...,
        threshold: float = ...,
        thresholds: Optional[List[float]] = ...,
        probabilityCol: str = ...,
        rawPredictionCol: str = ...,
        standardization: bool = ...,
        weightCol: Optional[str] = ...,
        aggregationDepth: int = ...,
        family: str = ...,
        lowerBoundsOnCoefficients: Optional[Matrix] = ...,
        upperBoundsOnCoefficients: Optional[Matrix] = ...,
        lowerBoundsOnIntercepts: Optional[Vector] = ...,
        upperBoundsOnIntercepts: Optional[Vector] = ...,
        maxBlockSizeInMB: float = ...,
        engine: str = ...,
        precision: str = ...,
        optimizer: str = ...,
        learningRate: float = ...,
        schedule: str = ...,
        scheduleDecay: float = ...,
        scheduleSteps: int = ...,
        schedulePower: float = ...,
        warmupSteps: int = ...,
        batchSize: int = ...,
        epochs: int = ...,
        seed: int = ...,
        shards: int = ...,
        validationIndicatorCol: str = ...,
        exchange: str = ...,
        checkpointDir: str = ...,
        patience: int = ...,
    ) -> "GpuLogisticRegression": ...
    def setEngine(self, value: str) -> "GpuLogisticRegression": ...
    def getEngine(self) -> str: ...
    def setPrecision(self, value: str) -> "GpuLogisticRegression": ...
    def getPrecision(self) -> str: ...
    def setOptimizer(self, value: str) -> "GpuLogisticRegression": ...
    def getOptimizer(self) -> str: ...
    def setLearningRate(self, value: float) -> "GpuLogisticRegression": ...
    def getLearningRate(self) -> float: ...
    def setSchedule(self, value: str) -> "GpuLogisticRegression": ...
    def getSchedule(self) -> str: ...
    def setScheduleDecay(self, value: float) -> "GpuLogisticRegression": ...
    def getScheduleDecay(self) -> float: ...
    def setScheduleSteps(self, value: int) -> "GpuLogisticRegression": ...
    def getScheduleSteps(self) -> int: ...
    def setSchedulePower(self, value: float) -> "GpuLogisticRegression": ...
    def getSchedulePower(self) -> float: ...
    def setWarmupSteps(self, value: int) -> "GpuLogisticRegression": ...
    def getWarmupSteps(self) -> int: ...
    def setBatchSize(self, value: int) -> "GpuLogisticRegression": ...
    def getBatchSize(self) -> int: ...
    def setEpochs(self, value: int) -> "GpuLogisticRegression": ...
    def getEpochs(self) -> int: ...
    def setSeed(self, value: int) -> "GpuLogisticRegression": ...
    def getSeed(self) -> int: ...
    def setShards(self, value: int) -> "GpuLogisticRegression": ...
    def getShards(self) -> int: ...
    def setValidationIndicatorCol(self, value: str) -> "GpuLogisticRegression": ...
    def getValidationIndicatorCol(self) -> str: ...
    def setExchange(self, value: str) -> "GpuLogisticRegression": ...
    def getExchange(self) -> str: ...
    def setCheckpointDir(self, value: str) -> "GpuLogisticRegression": ...
    def getCheckpointDir(self) -> str: ...
    def setPatience(self, value: int) -> "GpuLogisticRegression": ...
    def getPatience(self) -> int: ...
    def setInitialModel(self, model: LogisticRegressionModel) -> "GpuLogisticRegression": ...
    @classmethod
    def read(cls) -> JavaMLReader["GpuLogisticRegression"]: ...
